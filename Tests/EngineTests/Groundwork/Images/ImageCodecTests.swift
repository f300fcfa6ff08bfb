@testable import Groundwork
import Testing

/// GIF, WebP, BMP and PNM files by hand; `make test-formats` reads many more.
@Suite struct ImageCodecTests {
  /// Of 3×2 pixels with the indices 0, 1, 2, 2, 1, 0.
  static let gif: [UInt8] = [
    0x47, 0x49, 0x46, 0x38, 0x37, 0x61, 3, 0, 2, 0, 0x81, 0, 0, 9, 8, 7, 1, 2, 3, 255, 254, 253, 0,
    0, 0, 0x2C, 0, 0, 0, 0, 3, 0, 2, 0, 0, 8, 9, 0, 1, 4, 0x10, 0x20, 0x20, 0, 0x80, 0x80, 0, 0x3B,
  ]
  /// Of 2×2 pixels of grey, 0, 1, 255, 1, without loss.
  static let webP: [UInt8] = [
    0x52, 0x49, 0x46, 0x46, 0x34, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38, 0x4C,
    0x27, 0x00, 0x00, 0x00, 0x2F, 0x01, 0x40, 0x00, 0x00, 0x17, 0x20, 0x10, 0x48, 0xDA, 0xDF, 0x79,
    0x0E, 0x01, 0x49, 0x62, 0xFF, 0x3F, 0x87, 0x80, 0x24, 0xB1, 0xFF, 0x9F, 0x63, 0xFE, 0x03, 0x2B,
    0x3F, 0x28, 0x48, 0xDB, 0x80, 0x45, 0xDD, 0x8D, 0xE8, 0x7F, 0xF4, 0x00,
  ]
  /// Of 2×2 pixels of one grey, with loss.
  static let lossyWebP: [UInt8] = [
    0x52, 0x49, 0x46, 0x46, 0x24, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38, 0x20,
    0x18, 0x00, 0x00, 0x00, 0x30, 0x01, 0x00, 0x9D, 0x01, 0x2A, 0x02, 0x00, 0x02, 0x00, 0x07, 0x40,
    0x96, 0x25, 0xA4, 0x00, 0x03, 0x70, 0x00, 0xFE, 0xE9, 0x10, 0x00, 0x00,
  ]
  /// Of 3×2 pixels with the indices 0, 1, 1, 1, 0, 0: the lowest row first, padded to four bytes.
  static let bmp: [UInt8] =
    [
      0x42, 0x4D, 0, 0, 0, 0, 0, 0, 0, 0, 62, 0, 0, 0, 40, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 1,
      0,
    ]
    + [UInt8](repeating: 0, count: 24) + [7, 8, 9, 0, 253, 254, 255, 0]
    + [0b1000_0000, 0, 0, 0, 0b0110_0000, 0, 0, 0]
  static let pgm = Array("P5 # a comment\n2 1 65535\n".utf8) + [1, 2, 0xFF, 0xFE]
  static let pam =
    Array("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 5\nMAXVAL 255\nTUPLTYPE X\nENDHDR\n".utf8)
    + [1, 2, 3, 4, 5]
  static let text = Array("P2\n2 2\n15\n0 15\n7 1\n".utf8)

  static let all = [gif, webP, lossyWebP, bmp, pgm, pam, text]

  private func ids(_ bytes: [UInt8]) throws -> [Int] {
    var mask = MaskValues()
    try ImageFile.decode(bytes, into: &mask)
    return (0..<mask.size.area).map { mask.value(at: $0) }
  }

  @Test func `colours are looked up and depths are kept`() throws {
    let colours: [[UInt8]] = [[9, 8, 7], [1, 2, 3], [255, 254, 253]]
    #expect(
      try ImageFile.image(Self.gif).pixels == [0, 1, 2, 2, 1, 0].flatMap { colours[$0] })
    #expect(
      try ImageFile.image(Self.bmp).pixels
        == [0, 1, 1, 1, 0, 0].flatMap { $0 == 0 ? [9, 8, 7] : [255, 254, 253] })
    #expect(try ImageFile.image(Self.webP).pixels == [0, 1, 255, 1].flatMap { [$0, $0, $0] })
    #expect(try ImageFile.image(Self.pgm).words == [0x102, 0xFFFE])
    #expect(try ImageFile.image(Self.pam).channels == 5)
    #expect(try ImageFile.image(Self.text).pixels == [0, 255, 119, 17])
    #expect(try ImageFile.image(Array("P1 2 1 01".utf8)).pixels == [255, 0])
  }

  @Test func `ids are as they are stored, and white of a bitmap is 1`() throws {
    #expect(try ids(Self.gif) == [0, 1, 2, 2, 1, 0])
    #expect(try ids(Self.bmp) == [0, 1, 1, 1, 0, 0])
    #expect(try ids(Self.webP) == [0, 1, 255, 1])
    #expect(try ids(Self.pgm) == [0x102, 0xFFFE])
    #expect(try ids(Self.text) == [0, 15, 7, 1])
    #expect(try ids(Array("P4 3 1\n".utf8) + [0b1010_0000]) == [0, 1, 0])
    #expect(throws: ImageError.self) { try ids(Self.pam) }
  }

  @Test func `what loses values is a mask with a threshold alone`() throws {
    let grey = Raster(
      size: Size(height: 1, width: 3), channels: 1, pixels: [0, 128, 255])
    for bytes in [Self.lossyWebP, try ImageFile.jpeg(grey, quality: 95)] {
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
    for file in Self.all {
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
      with(Self.gif, [6: 255, 7: 255, 8: 255, 9: 255, 30: 255, 31: 255, 32: 255, 33: 255]),
      with(Self.bmp, [20: 255, 24: 255]), with(Self.bmp, [21: 0x7F, 25: 0x7F]),
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
    var part = Self.gif
    part[30] = 2
    #expect(reason(part)?.hasPrefix("has a first frame of 2×2 on 2×3 pixels") == true)
    #expect(reason(Array(Self.gif.prefix(25)) + [0x3B])?.hasPrefix("holds no image") == true)
    var compressed = Self.bmp
    compressed[30] = 4
    #expect(reason(compressed)?.hasPrefix("is BMP of compression 4") == true)
    var beyond = Self.gif
    beyond[10] = 0x80
    #expect(reason(beyond) != nil)
    #expect(reason(Array("P2 1 1 15 16".utf8))?.contains("damaged") == true)
  }
}
