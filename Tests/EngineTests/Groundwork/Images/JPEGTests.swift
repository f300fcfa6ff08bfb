@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct JPEGTests {
  /// A smooth image, so that compression changes it little.
  private func gradient(channels: Int) -> Raster {
    let (height, width) = (40, 56)
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let colour = [UInt8(4 * x), UInt8(5 * y), UInt8(2 * x + 2 * y)]
        pixels += colour.prefix(channels)
      }
    }
    return Raster(size: Size(height: height, width: width), channels: channels, pixels: pixels)
  }

  @Test(arguments: [1, 3])
  func `what is written is read back but for little`(channels: Int) throws {
    let raster = gradient(channels: channels)
    let back = try JPEG.image(JPEG.encode(raster, quality: 95))
    #expect(back.size == raster.size)
    #expect(back.channels == channels)
    let largest = zip(raster.pixels, back.pixels).map { abs(Int($0) - Int($1)) }.max()
    #expect(try #require(largest) <= 8)
  }

  private func decode(_ bytes: [UInt8], atLeast least: Size) throws -> (DecodedExtent, Raster) {
    var raster = Raster()
    let extent = try JPEG.decode(bytes, atLeast: least, into: &raster)
    return (extent, raster)
  }

  @Test func `the smallest scale that is large enough both ways is decoded`() throws {
    let bytes = try JPEG.encode(gradient(channels: 3), quality: 95)  // 40×56
    let expected: [(least: (Int, Int), eighths: Int)] = [
      ((1, 1), 1), ((5, 7), 1), ((6, 7), 2), ((5, 8), 2), ((10, 14), 2), ((11, 14), 4),
      ((20, 28), 4), ((21, 28), 8), ((20, 29), 8), ((40, 56), 8), ((80, 1), 8), ((1, 57), 8),
    ]
    for (least, eighths) in expected {
      let (extent, raster) = try decode(bytes, atLeast: Size(height: least.0, width: least.1))
      #expect(extent.eighths == eighths, "\(least)")
      #expect(extent.fileSize == Size(height: 40, width: 56))
      #expect(raster.size == Size(height: 5 * eighths, width: 7 * eighths))
      #expect(raster.pixels.count == raster.size.area * 3)
    }
  }

  @Test(arguments: [(40, 56), (37, 51), (33, 49), (41, 63)])
  func `a scaled decoding, resized, shows what a full one shows`(height: Int, width: Int) throws {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { pixels += [UInt8(4 * x), UInt8(6 * y), UInt8(2 * x + 3 * y)] }
    }
    let source = Raster(size: Size(height: height, width: width), channels: 3, pixels: pixels)
    let bytes = try JPEG.encode(source, quality: 100)
    for divisor in 2...7 {
      let target = Size(height: height / divisor, width: width / divisor)
      let (extent, scaled) = try decode(bytes, atLeast: target)
      #expect(extent.eighths < 8)
      let whole = try JPEG.image(bytes).resized(to: target).pixels
      let result = scaled.resized(extent, to: target).pixels
      // The slope is up to 6 a pixel of the file: a shift by a file's pixel would show. The margin
      // differs, as blocks are filled up beyond the image.
      var largest = 0
      for y in 1..<(target.height - 1) {
        for x in 3..<(3 * (target.width - 1)) {
          let index = 3 * y * target.width + x
          largest = max(largest, abs(Int(whole[index]) - Int(result[index])))
        }
      }
      #expect(largest <= 4, "\(target)")
    }
  }

  @Test func `memory that held another image gives the same pixels`() throws {
    let (grey, colours) = (gradient(channels: 1), gradient(channels: 3))
    var raster = Raster()
    for image in [grey, colours, grey] {
      let bytes = try JPEG.encode(image, quality: 90)
      _ = try JPEG.decode(bytes, atLeast: Size(height: 10, width: 14), into: &raster)
      #expect(raster == (try decode(bytes, atLeast: Size(height: 10, width: 14)).1))
      _ = try JPEG.decode(bytes, into: &raster)
      #expect(raster == (try JPEG.image(bytes)))
    }
  }

  @Test func `a file cut short is an error at every scale`() throws {
    let whole = try JPEG.encode(gradient(channels: 3), quality: 90)
    for least in [1, 12, 25] {
      #expect(throws: ImageError.self) {
        try decode(Array(whole.prefix(whole.count / 2)), atLeast: Size(height: least, width: least))
      }
    }
  }

  @Test func `equal pixels give equal files, and quality changes them`() throws {
    let raster = gradient(channels: 3)
    #expect(try JPEG.encode(raster, quality: 90) == JPEG.encode(raster, quality: 90))
    #expect(try JPEG.encode(raster, quality: 90).count > JPEG.encode(raster, quality: 50).count)
  }

  @Test func `a file cut short anywhere is an error`() throws {
    let whole = try JPEG.encode(gradient(channels: 3), quality: 90)
    for count in stride(from: 3, to: whole.count - 2, by: 7) {
      #expect(throws: ImageError.self, "\(count) bytes") {
        try JPEG.image(Array(whole.prefix(count)))
      }
    }
    let error = #expect(throws: ImageError.self) {
      try JPEG.image(Array(whole.prefix(whole.count / 2)))
    }
    #expect(error?.reason.contains("Premature end of JPEG file") == true)
  }

  /// Everything up to the first scan: what the header is read from.
  private func header(precision: UInt8, height: Int, width: Int, components: Int) -> [UInt8] {
    let count = UInt8(components)
    let extent = [height >> 8, height & 255, width >> 8, width & 255].map { UInt8($0) }
    var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xC0, 0, 8 + 3 * count, precision] + extent + [count]
    for component in 1...count { bytes += [component, 0x11, 0] }
    bytes += [0xFF, 0xDA, 0, 6 + 2 * count, count]
    for component in 1...count { bytes += [component, 0] }
    return bytes + [0, 63, 0]
  }

  @Test func `CMYK and 12 bits are refused with the remedy`() throws {
    let grey = header(precision: 8, height: 8, width: 9, components: 1)
    #expect(try JPEG.header(grey).size == Size(height: 8, width: 9))
    for (precision, components) in [(8, 4), (12, 3)] as [(UInt8, Int)] {
      let bytes = header(precision: precision, height: 8, width: 8, components: components)
      let error = #expect(throws: ImageError.self) { try JPEG.header(bytes) }
      #expect(error?.reason.contains("RGB first") == true)
    }
  }

  @Test func `too many pixels are refused before memory is asked for`() {
    let bomb = header(precision: 8, height: 65284, width: 62994, components: 3)
    let error = #expect(throws: ImageError.self) { try JPEG.image(bomb) }
    #expect(error?.reason.contains("100 megapixels") == true)
  }

  @Test func `a turned image is refused, an upright one is not`() throws {
    let raster = gradient(channels: 1)
    let plain = try JPEG.encode(raster, quality: 90)
    for (orientation, isFine) in [(1, true), (3, false), (8, false)] as [(UInt8, Bool)] {
      let content = Array("Exif".utf8) + [0, 0] + exifBlock(orientation: orientation)
      let segment = [0xFF, 0xE1, 0, UInt8(content.count + 2)] + content
      let tagged = plain.prefix(2) + segment + plain.dropFirst(2)
      let result = Result { try JPEG.image(Array(tagged)) }
      #expect((try? result.get()) == (isFine ? try JPEG.image(plain) : nil))
    }
  }

  /// The file with bytes put before the first marker of a kind.
  private func inserting(_ stray: [UInt8], before marker: UInt8, in bytes: [UInt8]) throws
    -> [UInt8]
  {
    let place = try #require(
      bytes.indices.dropLast().first { bytes[$0] == 0xFF && bytes[$0 + 1] == marker })
    return bytes[..<place] + stray + bytes[place...]
  }

  @Test func `stray bytes between segments change no pixel`() throws {
    let whole = try JPEG.encode(gradient(channels: 3), quality: 95)
    for marker: UInt8 in [0xDB, 0xC0, 0xC4, 0xDA] {
      let stray = try inserting([1, 2], before: marker, in: whole)
      #expect(try JPEG.image(stray) == JPEG.image(whole))
    }
    #expect(try JPEG.image(inserting([0, 0, 0], before: 0xD9, in: whole)) == JPEG.image(whole))
  }

  @Test func `bytes that a scan leaves over are damage`() throws {
    let whole = try JPEG.encode(gradient(channels: 1), quality: 95)
    let error = #expect(throws: ImageError.self) {
      _ = try JPEG.image(inserting((1...40).map { $0 }, before: 0xD9, in: whole))
    }
    #expect(error?.reason.contains("the file is damaged") == true)
  }

  @Test func `a file that ends too early is called cut short`() throws {
    let whole = try JPEG.encode(gradient(channels: 1), quality: 95)
    for count in [whole.count - 2, whole.count / 2, 200] {
      let error = #expect(throws: ImageError.self) { try JPEG.image(Array(whole.prefix(count))) }
      #expect(error?.reason.contains("cut short") == true, "\(count): \(error?.reason ?? "")")
    }
  }

  @Test(
    "an orientation is found in whichever segment it stands",
    arguments: [
      (Array("Exif\0\0".utf8) + exifBlock(orientation: 6), 6),
      (
        Array("http://ns.adobe.com/xap/1.0/\0<tiff:Orientation>3</tiff:Orientation>".utf8), 3
      ),
    ] as [([UInt8], Int)])
  func orientations(content: [UInt8], orientation: Int) throws {
    let whole = try JPEG.encode(gradient(channels: 1), quality: 95)
    let length = content.count + 2
    let segment = [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + content
    for marker: UInt8 in [0xDB, 0xDA] {
      let error = #expect(throws: ImageError.self) {
        try JPEG.header(inserting(segment, before: marker, in: whole))
      }
      #expect(error?.reason.contains("orientation \(orientation)") == true)
    }
  }
}
