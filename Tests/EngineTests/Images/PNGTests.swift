import Testing

@testable import Engine

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

  @Test func `16 bits are rounded to 8`() throws {
    let samples = [0, 128, 129, 257, 32767, 32768, 65406, 65407, 65535]
    let png = HandmadePNG(
      width: 9, height: 1, depth: 16, colour: .grey,
      rows: [HandmadePNG.packed(samples, depth: 16)])
    let rounded = samples.map { UInt8((Double($0) * 255 / 65535).rounded()) }
    #expect(try PNG.image(png.bytes).pixels == rounded)
    #expect(rounded.prefix(4) == [0, 0, 1, 1])
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

  @Test func `16 bits are looked up where a range is given`() throws {
    let range = DataConfiguration.ValueRange(lower: 100, upper: 4195)
    let samples = [0, 100, 109, 2147, 2148, 4186, 4187, 4195, 65535]
    let expected: [UInt8] = [0, 0, 1, 127, 128, 254, 255, 255, 255]
    #expect(samples.map { range.pixels[$0] } == expected)
    #expect(
      samples.map { UInt8((Double(min(max($0, 100), 4195) - 100) / 4095 * 255).rounded()) }
        == expected)
    var raster = Raster(size: Size(height: 1, width: 1), channels: 1, pixels: [9])
    for colour in [HandmadePNG.Colour.grey, .rgb] {
      let png = HandmadePNG(
        width: colour == .rgb ? 3 : 9, height: 1, depth: 16, colour: colour,
        rows: [HandmadePNG.packed(samples, depth: 16)])
      for _ in 0..<2 {
        _ = try PNG.decode(png.bytes, wide: range.pixels, into: &raster)
        #expect(raster.pixels == expected && raster.channels == (colour == .rgb ? 3 : 1))
      }
    }
    let narrow = try PNG.encode(
      Raster(size: Size(height: 1, width: 2), channels: 1, pixels: [3, 200]))
    _ = try PNG.decode(narrow, wide: range.pixels, into: &raster)
    #expect(raster.pixels == [3, 200])
  }

  @Test func `masks of 16 bits hold ids up to 255 and nothing above`() throws {
    func mask(_ ids: [Int]) throws -> [UInt8] {
      let png = HandmadePNG(
        width: ids.count, height: 1, depth: 16, colour: .grey,
        rows: [HandmadePNG.packed(ids, depth: 16)])
      return try PNG.mask(png.bytes).ids
    }
    #expect(try mask([0, 1, 254, 255]) == [0, 1, 254, 255])
    let error = #expect(throws: ImageError.self) { try mask([0, 256, 7, 300]) }
    #expect(error?.reason.contains("values above 255 (2 pixels, the first 256)") == true)
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
    #expect(error?.reason.contains("truncated") == true)
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

  @Test func `a turned picture is refused, an upright one is not`() throws {
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
