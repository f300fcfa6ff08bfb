@testable import Datasets
@testable import Groundwork
import Testing

extension PNG {
  /// A mask of at most 8 bits.
  fileprivate static func mask(_ bytes: [UInt8]) throws -> Mask {
    try ImageFile.mask(bytes)
  }
}

@Suite struct PNGTests {
  @Test(arguments: [1, 2, 4, 8])
  func `grey of few bits is spread over 0…255 in images and stays as it is in masks`(depth: Int)
    throws
  {
    let largest = 1 << depth - 1
    let samples = [0, 1, largest / 2, largest, 0]
    let png = HandmadePNG(
      width: 5, height: 1, depth: depth, colour: .grey,
      rows: [HandmadePNG.packed(samples, depth: depth)])
    #expect(try PNG.image(png.bytes).pixels == samples.map { UInt8($0 * 255 / largest) })
    #expect(try PNG.image(png.bytes).channels == 1)
    #expect(try PNG.mask(png.bytes).ids == samples.map { UInt8($0) })
  }

  @Test(arguments: [HandmadePNG.Colour.grey, .rgb])
  func `16 bits stay as they are`(colour: HandmadePNG.Colour) throws {
    let samples = [0, 1, 128, 257, 4095, 32768, 65406, 65534, 65535]
    let png = HandmadePNG(
      width: colour == .rgb ? 3 : 9, height: 1, depth: 16, colour: colour,
      rows: [HandmadePNG.packed(samples, depth: 16)])
    let image = try PNG.image(png.bytes)
    #expect(image.depth == .bits16 && image.channels == (colour == .rgb ? 3 : 1))
    #expect(image.words == samples.map { UInt16($0) })
  }

  @Test func `memory that held another depth gives the same samples`() throws {
    let wide = HandmadePNG(
      width: 2, height: 1, depth: 16, colour: .grey,
      rows: [HandmadePNG.packed([7, 40_000], depth: 16)])
    let narrow = HandmadePNG(width: 3, height: 1, depth: 8, colour: .grey, rows: [[3, 4, 5]])
    var raster = Raster()
    for png in [wide, narrow, wide] {
      _ = try PNG.decode(png.bytes, into: &raster)
      #expect(try raster == PNG.image(png.bytes))
    }
  }

  @Test func `alpha is dropped`() throws {
    let grey = HandmadePNG(
      width: 2, height: 1, depth: 8, colour: .greyAlpha, rows: [[10, 0, 20, 255]])
    #expect(try PNG.image(grey.bytes).pixels == [10, 20])
    let colours = HandmadePNG(
      width: 2, height: 1, depth: 8, colour: .rgbAlpha, rows: [[1, 2, 3, 0, 4, 5, 6, 255]])
    #expect(try PNG.image(colours.bytes).pixels == [1, 2, 3, 4, 5, 6])
    #expect(try PNG.image(colours.bytes).channels == 3)
  }

  @Test(arguments: [1, 2, 4, 8])
  func `a palette gives colours in images and indices in masks`(depth: Int) throws {
    let png = HandmadePNG(
      width: 3, height: 2, depth: depth, colour: .palette,
      rows: [[0, 1, 1], [1, 0, 1]].map { HandmadePNG.packed($0, depth: depth) },
      palette: [9, 8, 7, 200, 100, 50])
    #expect(try PNG.mask(png.bytes).ids == [0, 1, 1, 1, 0, 1])
    #expect(try PNG.image(png.bytes).pixels.prefix(6) == [9, 8, 7, 200, 100, 50])
  }

  @Test(arguments: [(8, 8), (5, 3), (1, 1), (13, 10)])
  func `interlaced pixels come out in place`(width: Int, height: Int) throws {
    let pixel = { (x: Int, y: Int) in UInt8((x * 31 + y * 17) & 255) }
    let png = HandmadePNG(
      width: width, height: height, depth: 8, colour: .grey,
      rows: HandmadePNG.interlaced(width: width, height: height, pixel), isInterlaced: true)
    let expected = (0..<height).flatMap { y in (0..<width).map { x in pixel(x, y) } }
    #expect(try PNG.image(png.bytes).pixels == expected)
    #expect(try PNG.mask(png.bytes).ids == expected)
  }

  @Test func `masks of 16 bits are read whole`() throws {
    let png = HandmadePNG(
      width: 4, height: 1, depth: 16, colour: .grey,
      rows: [HandmadePNG.packed([0, 255, 256, 65535], depth: 16)])
    var values = MaskValues()
    try ImageFile.decode(png.bytes, into: &values)
    #expect(values.kind == .words)
    #expect((0..<4).map { values.value(at: $0) } == [0, 255, 256, 65535])
  }

  @Test func `masks of colours and with alpha are refused with the remedy`() {
    let rows: [(HandmadePNG.Colour, Int, [UInt8], String)] = [
      (.rgb, 8, [1, 2, 3], "8-bit RGB"),
      (.greyAlpha, 8, [1, 255], "8-bit grey with alpha"),
    ]
    for (colour, depth, row, name) in rows {
      let png = HandmadePNG(width: 1, height: 1, depth: depth, colour: colour, rows: [row])
      let error = #expect(throws: ImageError.self) { try PNG.mask(png.bytes) }
      #expect(error?.reason.contains("is \(name), but a mask") == true)
      #expect(error?.reason.contains("palette PNG") == true)
    }
  }

  @Test func `a file cut short anywhere is an error`() throws {
    let whole = try PNG.encode(
      Raster(size: Size(height: 6, width: 7), channels: 3, pixels: (0..<126).map { UInt8($0) }))
    #expect(throws: Never.self) { try PNG.image(whole) }
    for count in 0..<whole.count {
      #expect(throws: ImageError.self) { try PNG.image(Array(whole.prefix(count))) }
    }
    let error = #expect(throws: ImageError.self) { try PNG.image(whole.dropLast(20)) }
    #expect(error?.reason.contains("cut short") == true)
  }

  @Test func `any changed byte after the signature is an error`() throws {
    let whole = try PNG.encode(
      Raster(size: Size(height: 4, width: 5), channels: 1, pixels: (0..<20).map { UInt8($0) }))
    for index in 8..<whole.count {
      var damaged = whole
      damaged[index] ^= 0x40
      #expect(throws: ImageError.self, "byte \(index)") { try PNG.image(damaged) }
    }
  }

  @Test func `too many pixels are refused before memory is asked for`() {
    let bomb = HandmadePNG(width: 60000, height: 60000, depth: 8, colour: .rgbAlpha, rows: [[0]])
    let error = #expect(throws: ImageError.self) { try PNG.image(bomb.bytes) }
    #expect(error?.reason.contains("100 megapixels") == true)
  }

  @Test func `a turned image is refused, an upright one is not`() throws {
    var png = HandmadePNG(width: 1, height: 1, depth: 8, colour: .grey, rows: [[5]])
    png.exif = exifBlock(orientation: 1, littleEndian: false)
    #expect(try PNG.image(png.bytes).pixels == [5])
    for littleEndian in [true, false] {
      png.exif = exifBlock(orientation: 6, littleEndian: littleEndian)
      let error = #expect(throws: ImageError.self) { try PNG.image(png.bytes) }
      #expect(error?.reason.contains("orientation 6") == true)
    }
    png.exif = [0x49, 0x49, 42, 0, 0xFF, 0xFF, 0xFF, 0xFF]
    #expect(throws: Never.self) { try PNG.image(png.bytes) }
  }

  private static let xmp =
    "XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta><rdf:Description tiff:Orientation=\"8\"/></x:xmpmeta>"

  @Test(
    "an orientation is found behind the pixels, in EXIF as text and in XMP",
    arguments: [
      ("eXIf", exifBlock(orientation: 3), 3),
      ("eXIf", Array("Exif\0\0".utf8) + exifBlock(orientation: 3), 3),
      (
        "tEXt",
        Array("Raw profile type exif\0\nexif\n      28\n".utf8)
          + Array(
            (Array("Exif\0\0".utf8) + exifBlock(orientation: 5)).map {
              ($0 < 16 ? "0" : "") + String($0, radix: 16)
            }.joined().utf8), 5
      ),
      ("iTXt", Array(xmp.utf8), 8),
      (
        "zTXt",
        Array("Raw profile type APP1\0\0".utf8)
          + HandmadePNG.stored(
            Array("\nAPP1\n      28\n".utf8)
              + Array(
                (Array("Exif\0\0".utf8) + exifBlock(orientation: 7)).map {
                  ($0 < 16 ? "0" : "") + String($0, radix: 16)
                }.joined().utf8)), 7
      ),
      (
        "iTXt",
        Array("XML:com.adobe.xmp\0".utf8) + [1, 0, 0, 0]
          + HandmadePNG.stored(Array("<tiff:Orientation>4</tiff:Orientation>".utf8)), 4
      ),
    ] as [(String, [UInt8], Int)])
  func laterOrientation(chunk: String, content: [UInt8], orientation: Int) throws {
    var png = HandmadePNG(width: 1, height: 1, depth: 8, colour: .grey, rows: [[5]])
    png.trailing = HandmadePNG.chunk(chunk, content)
    let error = #expect(throws: ImageError.self) { try PNG.image(png.bytes) }
    #expect(error?.reason.contains("orientation \(orientation)") == true)
    #expect(throws: ImageError.self) { try PNG.header(png.bytes) }
  }

  @Test func `EXIF goes before XMP`() throws {
    var png = HandmadePNG(width: 1, height: 1, depth: 8, colour: .grey, rows: [[5]])
    png.exif = exifBlock(orientation: 1)
    png.trailing = HandmadePNG.chunk("iTXt", Array(Self.xmp.utf8))
    #expect(try PNG.image(png.bytes).pixels == [5])
  }

  @Test func `an animation is refused, one frame with its chunk is not`() throws {
    var png = HandmadePNG(width: 1, height: 1, depth: 8, colour: .grey, rows: [[5]])
    png.leading = HandmadePNG.chunk("acTL", [0, 0, 0, 1, 0, 0, 0, 0])
    #expect(try PNG.image(png.bytes).pixels == [5])
    png.leading = HandmadePNG.chunk("acTL", [0, 0, 0, 9, 0, 0, 0, 0])
    let error = #expect(throws: ImageError.self) { try PNG.image(png.bytes) }
    #expect(error?.reason.hasPrefix("is an animated PNG of 9 frames") == true)
  }

  @Test(arguments: [1, 3])
  func `what is written is read back`(channels: Int) throws {
    let count = 9 * 11 * channels
    let raster = Raster(
      size: Size(height: 9, width: 11), channels: channels,
      pixels: (0..<count).map { UInt8($0 * 7 & 255) })
    #expect(try PNG.image(PNG.encode(raster)) == raster)
  }

  @Test func `ids survive a palette`() throws {
    let mask = Mask(size: Size(height: 2, width: 3), ids: [0, 1, 2, 254, 255, 7])
    let palette = ClassPalette(classes: ["background", "cell"])
    let bytes = try PNG.encode(mask, palette: palette.colours)
    #expect(try PNG.mask(bytes) == mask)
    let colour = palette.colour(of: 1)
    #expect(try PNG.image(bytes).pixels[3..<6] == [colour.red, colour.green, colour.blue])
    #expect(try PNG.mask(PNG.encode(mask, palette: [])) == mask)
  }
}
