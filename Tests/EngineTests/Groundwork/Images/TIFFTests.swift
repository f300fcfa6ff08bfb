import Foundation
@testable import Groundwork
import Testing

@Suite struct TIFFTests {
  private func image(_ bytes: [UInt8]) throws -> Raster { try ImageFile.image(bytes) }

  private func reason(_ bytes: [UInt8]) -> String {
    let error = #expect(throws: ImageError.self) { try ImageFile.image(bytes) }
    return error?.reason ?? ""
  }

  @Test func `samples of 8 and 16 bits are what is stored, in either order of bytes`() throws {
    let grey = try image(
      HandmadeTIFF.file(HandmadeTIFF.page(width: 3, height: 2, pixels: [1, 2, 3, 4, 5, 255])))
    #expect(grey.size == Size(height: 2, width: 3) && grey.channels == 1 && grey.depth == .bits8)
    #expect(grey.pixels == [1, 2, 3, 4, 5, 255])
    for (isBigEndian, isBig) in [(false, false), (true, false), (false, true), (true, true)] {
      var file = HandmadeTIFF(isBigEndian: isBigEndian, isBig: isBig)
      file.pages = [
        HandmadeTIFF.page(
          width: 2, height: 1, bits: 16, pixels: file.number(513, 2) + file.number(65_535, 2))
      ]
      let words = try image(file.bytes)
      #expect(words.depth == .bits16 && words.words == [513, 65_535])
    }
  }

  @Test func `other numbers become single precision`() throws {
    func reals(_ values: [some BitwiseCopyable], bits: Int, format: Int) throws -> [Float] {
      try image(
        HandmadeTIFF.file(
          HandmadeTIFF.page(
            width: values.count, height: 1, bits: bits, format: format,
            pixels: HandmadeTIFF.bytes(of: values)))
      ).reals
    }
    #expect(try reals([Int8(-3), 7], bits: 8, format: 2) == [-3, 7])
    #expect(try reals([Int16(-300), 7], bits: 16, format: 2) == [-300, 7])
    #expect(try reals([Int32(-70_000), 7], bits: 32, format: 2) == [-70_000, 7])
    #expect(try reals([UInt32(70_000), 4_000_000_000], bits: 32, format: 1) == [70_000, 4e9])
    #expect(try reals([Float(0.25), -1e30], bits: 32, format: 3) == [0.25, -1e30])
    #expect(try reals([0.1, -2.5], bits: 64, format: 3) == [0.1, -2.5])
    // 1.5, the smallest subnormal, minus infinity's neighbour of finite numbers.
    let halves: [UInt16] = [0x3E00, 0x0001, 0xFBFF]
    #expect(try reals(halves, bits: 16, format: 3) == [1.5, 5.9604645e-8, -65504])
  }

  @Test func `fewer bits of grey are spread, and where 0 is white values are inverted`() throws {
    func pixels(bits: Int, photometric: Int = 1, _ bytes: [UInt8]) throws -> Raster {
      try image(
        HandmadeTIFF.file(
          HandmadeTIFF.page(
            width: 3, height: 2, bits: bits, photometric: photometric, pixels: bytes)))
    }
    #expect(try pixels(bits: 1, [0b1010_0000, 0b0110_0000]).pixels == [255, 0, 255, 0, 255, 255])
    #expect(
      try pixels(bits: 1, photometric: 0, [0b1010_0000, 0b0110_0000]).pixels
        == [0, 255, 0, 255, 0, 0])
    #expect(try pixels(bits: 4, [0x0F, 0x50, 0xA1, 0x20]).pixels == [0, 255, 85, 170, 17, 34])
    // Twelve bits stay what they are: 0x123, 0x456, 0x789 and 0xABC, 0xDEF, 1.
    let twelve = try pixels(
      bits: 12, [0x12, 0x34, 0x56, 0x78, 0x90, 0xAB, 0xCD, 0xEF, 0x00, 0x10])
    #expect(twelve.words == [0x123, 0x456, 0x789, 0xABC, 0xDEF, 0x001])
    #expect(
      try pixels(bits: 8, photometric: 0, [0, 1, 2, 3, 4, 255]).pixels
        == [255, 254, 253, 252, 251, 0])
  }

  @Test func `colours, palettes and further channels`() throws {
    let rgb: [UInt8] = [1, 2, 3, 4, 5, 6]
    let interleaved = HandmadeTIFF.page(
      width: 2, height: 1, samples: 3, photometric: 2, pixels: rgb)
    #expect(try image(HandmadeTIFF.file(interleaved)).pixels == rgb)
    var planar = HandmadeTIFF.page(
      width: 2, height: 1, samples: 3, photometric: 2, tags: [284: [2]], pixels: [])
    planar.chunks = [[1, 4], [2, 5], [3, 6]]
    #expect(try image(HandmadeTIFF.file(planar)).pixels == rgb)
    let alpha = HandmadeTIFF.page(
      width: 2, height: 1, samples: 4, photometric: 2, tags: [338: [2]],
      pixels: [1, 2, 3, 9, 4, 5, 6, 9])
    #expect(try image(HandmadeTIFF.file(alpha)).pixels == rgb)
    let infrared = HandmadeTIFF.page(
      width: 2, height: 1, samples: 4, photometric: 2, tags: [338: [0]],
      pixels: [1, 2, 3, 9, 4, 5, 6, 9])
    let four = try image(HandmadeTIFF.file(infrared))
    #expect(four.channels == 4 && four.pixels == [1, 2, 3, 9, 4, 5, 6, 9])
    let red = (0..<256).map { UInt32($0 == 7 ? 0xFF00 : 0) }
    let palette = HandmadeTIFF.page(
      width: 2, height: 1, photometric: 3,
      tags: [320: red + Array(repeating: 0x1200, count: 512)], pixels: [7, 0])
    let coloured = try image(HandmadeTIFF.file(palette))
    #expect(coloured.channels == 3 && coloured.pixels == [255, 0x12, 0x12, 0, 0x12, 0x12])
    #expect(try ImageFile.mask(HandmadeTIFF.file(palette)).ids == [7, 0])
  }

  @Test func `tiles reach beyond the image`() throws {
    var page = HandmadeTIFF.page(
      width: 20, height: 18, tags: [322: [16], 323: [16]], pixels: [])
    page.tags[278] = nil
    page.isTiled = true
    page.chunks = []
    // The value of a pixel is its column and three times its row.
    for tile in 0..<4 {
      let (left, top) = (tile % 2 * 16, tile / 2 * 16)
      page.chunks.append(
        (0..<256).map { (pixel: Int) -> UInt8 in
          UInt8(left + pixel % 16 + 3 * (top + pixel / 16))
        })
    }
    let tiled = try image(HandmadeTIFF.file(page))
    let expected = (0..<18 * 20).map { (pixel: Int) -> UInt8 in
      UInt8(pixel % 20 + 3 * (pixel / 20))
    }
    #expect(tiled.pixels == expected)
  }

  @Test func `ids are integers of any width, and nothing else`() throws {
    func mask(_ bytes: [UInt8], bits: Int, format: Int = 1) throws -> MaskValues {
      var values = MaskValues()
      try ImageFile.decode(
        HandmadeTIFF.file(
          HandmadeTIFF.page(width: 2, height: 1, bits: bits, format: format, pixels: bytes)),
        into: &values)
      return values
    }
    #expect(try mask([3, 200], bits: 8).kind == .bytes)
    let words = try mask(HandmadeTIFF.bytes(of: [UInt16(3), 999]), bits: 16)
    #expect(words.kind == .words && words.value(at: 1) == 999)
    let signed = try mask(HandmadeTIFF.bytes(of: [Int32(-1), 70_000]), bits: 32, format: 2)
    #expect(signed.kind == .integers && signed.value(at: 0) == -1 && signed.value(at: 1) == 70_000)
    let wide = try mask(HandmadeTIFF.bytes(of: [Int64(1) << 40, 2]), bits: 64, format: 2)
    #expect(wide.kind == .longs && wide.value(at: 0) == 1 << 40)
    // What is stored, where 0 is white too.
    var bits = MaskValues()
    try ImageFile.decode(
      HandmadeTIFF.file(
        HandmadeTIFF.page(width: 3, height: 1, bits: 1, photometric: 0, pixels: [0b1010_0000])),
      into: &bits)
    #expect(bits.bytes == [1, 0, 1])
    let error = #expect(throws: ImageError.self) {
      try mask(HandmadeTIFF.bytes(of: [Float(1), 2]), bits: 32, format: 3)
    }
    #expect(error?.reason.hasPrefix("is 32-bit float grey, but a mask holds one class id") == true)
  }

  @Test func `of several pages one is named, and thumbnails are no pages`() throws {
    func page(_ value: UInt8, tags: [UInt16: [UInt32]] = [:]) -> HandmadeTIFF.Page {
      HandmadeTIFF.page(width: 1, height: 1, tags: tags, pixels: [value])
    }
    let stack = HandmadeTIFF(pages: [page(5), page(9, tags: [254: [1]]), page(6)]).bytes
    #expect(reason(stack) == "has 2 pages: name one, FILE.tif[0], or several, FILE.tif[0:2]")
    let file = try TIFF(stack)
    #expect(file.pages == 2)
    var raster = Raster()
    for (number, value) in [(1, UInt8(6)), (0, 5)] {
      try file.decode(page: number, into: &raster)
      #expect(raster.pixels == [value])
    }
    #expect(throws: ImageError("has 2 pages, from 0: there is none of number 2")) {
      try file.header(page: 2)
    }
    let thumbnailed = HandmadeTIFF(pages: [page(5), page(9, tags: [254: [1]])]).bytes
    #expect(try image(thumbnailed).pixels == [5])
  }

  @Test func `what cannot be read rightly is refused with a remedy`() {
    func file(
      bits: Int = 8, samples: Int = 1, photometric: Int = 1, format: Int = 1,
      tags: [UInt16: [UInt32]] = [:]
    ) -> [UInt8] {
      HandmadeTIFF.file(
        HandmadeTIFF.page(
          width: 2, height: 1, bits: bits, samples: samples, photometric: photometric,
          format: format, tags: tags, pixels: Array(repeating: 0, count: 64)))
    }
    #expect(reason(file(tags: [274: [6]])).contains("orientation 6"))
    #expect(reason(file(samples: 4, photometric: 5)) == "is a TIFF of CMYK: save it as RGB")
    #expect(reason(file(samples: 3, photometric: 8)).contains("neither grey, RGB nor a palette"))
    #expect(reason(file(bits: 64, format: 6)).contains("complex numbers"))
    #expect(reason(file(bits: 24)).contains("24-bit samples"))
    #expect(reason(file(tags: [256: [60_000], 257: [60_000]])).contains("megapixels"))
    // Nothing is reserved for 4 GB of samples in a file of some hundred bytes, however it is compressed.
    for compression: UInt32 in [1, 5, 8, 32_773] {
      let tags: [UInt16: [UInt32]] = [256: [9_000], 257: [9_000], 259: [compression], 277: [50]]
      #expect(reason(file(tags: tags)).contains("more samples than its bytes can hold"))
    }
    #expect(reason(file(samples: 65)).contains("65 channels"))
    #expect(reason(file(samples: 2, tags: [259: [2]])).contains("fax codes"))
    let whole = HandmadeTIFF.file(
      HandmadeTIFF.page(width: 30, height: 30, pixels: Array(repeating: 1, count: 900)))
    for count in stride(from: 5, to: whole.count, by: 7) {
      #expect(!reason(Array(whole.prefix(count))).isEmpty, "\(count) bytes")
    }
  }
}
