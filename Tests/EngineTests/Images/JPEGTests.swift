import Testing

@testable import Engine

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

  @Test func `a turned picture is refused, an upright one is not`() throws {
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
}
