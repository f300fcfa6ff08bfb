@testable import Groundwork
import Testing

/// GIF, WebP, BMP and PNM files by hand; `make test-formats` reads many more.
@Suite struct ImageCodecTests {
  private func ids(_ bytes: [UInt8]) throws -> [Int] {
    var mask = MaskValues()
    try ImageFile.decode(bytes, into: &mask)
    return (0..<mask.size.area).map { mask.value(at: $0) }
  }

  @Test func `colours are looked up and depths are kept`() throws {
    let colours: [[UInt8]] = [[9, 8, 7], [1, 2, 3], [255, 254, 253]]
    #expect(
      try ImageFile.image(SmallImages.gif).pixels == [0, 1, 2, 2, 1, 0].flatMap { colours[$0] })
    #expect(
      try ImageFile.image(SmallImages.bmp).pixels
        == [0, 1, 1, 1, 0, 0].flatMap { $0 == 0 ? [9, 8, 7] : [255, 254, 253] })
    #expect(
      try ImageFile.image(SmallImages.webP).pixels == [0, 1, 255, 1].flatMap { [$0, $0, $0] })
    #expect(try ImageFile.image(SmallImages.pgm).words == [0x102, 0xFFFE])
    #expect(try ImageFile.image(SmallImages.pam).channels == 5)
    #expect(try ImageFile.image(SmallImages.text).pixels == [0, 255, 119, 17])
    #expect(try ImageFile.image(Array("P1 2 1 01".utf8)).pixels == [255, 0])
  }

  @Test func `ids are as they are stored, and white of a bitmap is 1`() throws {
    #expect(try ids(SmallImages.gif) == [0, 1, 2, 2, 1, 0])
    #expect(try ids(SmallImages.bmp) == [0, 1, 1, 1, 0, 0])
    #expect(try ids(SmallImages.webP) == [0, 1, 255, 1])
    #expect(try ids(SmallImages.pgm) == [0x102, 0xFFFE])
    #expect(try ids(SmallImages.text) == [0, 15, 7, 1])
    #expect(try ids(Array("P4 3 1\n".utf8) + [0b1010_0000]) == [0, 1, 0])
    #expect(throws: ImageError.self) { try ids(SmallImages.pam) }
  }

  @Test func `what loses values is a mask with a threshold alone`() throws {
    let grey = Raster(
      size: Size(height: 1, width: 3), channels: 1, pixels: [0, 128, 255])
    for bytes in [SmallImages.lossyWebP, try ImageFile.jpeg(grey, quality: 95)] {
      let error = #expect(throws: ImageError.self) { try ids(bytes) }
      #expect(error?.reason.hasSuffix("data.values: {threshold: 128}") == true)
      var mask = MaskValues()
      #expect(throws: ImageError.self) { try ImageFile.decode(bytes, coloursInto: &mask) }
      try ImageFile.decode(bytes, shades: true, into: &mask)
      #expect(mask.kind == .bytes)
      // As it is decoded, and not as the same pixels in three channels.
      #expect(try mask.value(at: 0) == Int(ImageFile.image(bytes).pixels[0]))
    }
  }

  @Test func `no beginning of a file is taken for the whole, and none crashes`() {
    for file in SmallImages.all {
      for count in 0..<file.count {
        let part = Array(file.prefix(count))
        _ = try? ImageFile.image(part)
        _ = try? ids(part)
      }
      // A trailer alone may be missing, and the blank behind a number.
      #expect(throws: ImageError.self) { try ImageFile.image(Array(file.dropLast(4))) }
    }
  }

  @Test func `sizes are refused before memory is taken`() {
    func with(_ file: [UInt8], _ changes: [Int: UInt8]) -> [UInt8] {
      var file = file
      for (place, byte) in changes { file[place] = byte }
      return file
    }
    let huge = [
      with(SmallImages.gif, [6: 255, 7: 255, 8: 255, 9: 255, 30: 255, 31: 255, 32: 255, 33: 255]),
      with(SmallImages.bmp, [20: 255, 24: 255]), with(SmallImages.bmp, [21: 0x7F, 25: 0x7F]),
      Array("P5 100000 100000 255\n".utf8), Array("P5 99999999999999 1 255\n".utf8),
      Array("P2 10000 10000 255\n0".utf8),
      Array("P7\nWIDTH 10000\nHEIGHT 10000\nDEPTH 64\nMAXVAL 255\nENDHDR\n".utf8),
    ]
    for file in huge {
      #expect(throws: ImageError.self) { try ImageFile.image(file) }
      #expect(throws: ImageError.self) { try ImageFile.header(file) }
    }
  }

  @Test func `wrong files say what is wrong`() {
    func reason(_ bytes: [UInt8]) -> String? {
      #expect(throws: ImageError.self) { try ImageFile.image(bytes) }?.reason
    }
    var part = SmallImages.gif
    part[30] = 2
    #expect(reason(part)?.hasPrefix("has a first frame of 2×2 on 2×3 pixels") == true)
    #expect(reason(Array(SmallImages.gif.prefix(25)) + [0x3B])?.hasPrefix("holds no image") == true)
    var compressed = SmallImages.bmp
    compressed[30] = 4
    #expect(reason(compressed)?.hasPrefix("is BMP of compression 4") == true)
    var beyond = SmallImages.gif
    beyond[10] = 0x80
    #expect(reason(beyond) != nil)
    #expect(reason(Array("P2 1 1 15 16".utf8))?.contains("damaged") == true)
  }
}
