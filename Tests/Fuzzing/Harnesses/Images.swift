@testable import Groundwork

extension Harness {
  static let png = Harness(
    name: "png", about: "PNG images and masks",
    words: ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "eXIf", "acTL", "gAMA", "iCCP", "sBIT"],
    seeds: {
      var palette = HandmadePNG(
        width: 3, height: 2, depth: 2, colour: .palette, rows: [[0x18], [0x90]])
      palette.palette = [9, 8, 7, 1, 2, 3, 255, 254, 253]
      let deep = Raster(
        size: Size(height: 2, width: 2), channels: 1, depth: .bits16,
        pixels: [1, 2, 3, 4, 5, 6, 7, 8])
      return try [
        palette.bytes, PNG.encode(raster), PNG.encode(deep), PNG.encode(mask, palette: []),
      ]
    }, read: readImage)

  static let jpeg = Harness(
    name: "jpeg", about: "JPEG images and masks",
    words: ["JFIF", "Exif\0\0", "Adobe"],
    seeds: {
      let grey = Raster(size: Size(height: 9, width: 9), channels: 1, pixels: Array(0..<81))
      return try [
        JPEG.encode(raster, quality: 80), JPEG.encode(raster, quality: 20),
        JPEG.encode(grey, quality: 90),
      ]
    }, read: readImage)

  static let tiff = Harness(
    name: "tiff", about: "TIFF images and masks, and what their pages hold",
    words: ["II*\0", "MM\0*"],
    seeds: { tiffs }, read: readImage)

  static let images = Harness(
    name: "images", about: "GIF, WebP, BMP and PNM images and masks",
    words: [
      "GIF89a", "GIF87a", "RIFF", "WEBPVP8 ", "VP8L", "VP8X", "ALPH", "BM", "P1", "P2", "P3", "P4",
      "P5",
      "P6", "P7", "WIDTH ", "HEIGHT ", "DEPTH ", "MAXVAL ", "TUPLTYPE ", "ENDHDR\n", "65535",
    ],
    seeds: { try SmallImages.all }, read: readImage)

  private static let readImage: @Sendable ([UInt8]) -> Void = { bytes in
    var mask = MaskValues()
    guard let header = try? ImageFile.header(bytes), header.size.area <= 1 << 22 else {
      // Anything else is refused by its header, or takes no more than its pixels.
      return
    }
    _ = try? ImageFile.image(bytes)
    try? ImageFile.decode(bytes, into: &mask)
    try? ImageFile.decode(bytes, shades: true, into: &mask)
  }

  private static let raster = Raster(
    size: Size(height: 5, width: 7), channels: 3, pixels: (0..<105).map { UInt8(2 * $0) })
  private static let mask = Mask(size: Size(height: 2, width: 3), ids: [0, 1, 2, 2, 1, 255])

  static var tiffs: [[UInt8]] {
    let values = [UInt8](0..<96)
    func page(_ bits: Int, samples: Int = 1, format: Int = 1, _ tags: [UInt16: [UInt32]] = [:])
      -> [UInt8]
    {
      HandmadeTIFF.file(
        HandmadeTIFF.page(
          width: 4, height: 3, bits: bits, samples: samples, photometric: samples == 3 ? 2 : 1,
          format: format, tags: tags, pixels: Array(values.prefix(12 * samples * bits / 8))))
    }
    var stack = HandmadeTIFF()
    stack.isBig = true
    for _ in 0..<3 {
      stack.pages.append(HandmadeTIFF.page(width: 4, height: 3, pixels: Array(values.prefix(12))))
    }
    var turned = stack
    (turned.isBig, turned.isBigEndian) = (false, true)
    return [
      page(8), page(16), page(32, format: 3), page(8, samples: 3), page(8, samples: 5),
      page(16, format: 2),
      page(8, [259: [32773]]), page(8, [259: [5]]), page(8, [259: [8]]),
      page(8, samples: 3, [284: [2]]),
      page(8, [259: [7]]), stack.bytes, turned.bytes,
    ]
  }
}
