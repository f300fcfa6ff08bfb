internal import CImageCodecs

/// Images and masks on disk: PNG, JPEG, TIFF, GIF, WebP, BMP or PNM. What a file is follows from its first
/// bytes, not from its name.
package enum ImageFile {
  /// Samples of 8 and 16 bits as stored; palettes looked up, alpha dropped.
  ///
  /// - Throws: ``ImageError`` for what is damaged in any way, said to be shown turned, animated,
  ///   above 100 megapixels, CMYK, a JPEG of 12 bits or a TIFF of several pages.
  package static func readImage(_ path: String) throws(ImageError) -> Raster {
    try at(path) { bytes throws(ImageError) in try image(bytes) }
  }

  /// The raw samples or the palette indices of a file of at most 8 bits.
  ///
  /// - Throws: ``ImageError`` as ``readImage(_:)``, and for JPEG, RGB and 16 bits.
  package static func readMask(_ path: String) throws(ImageError) -> Mask {
    try at(path) { bytes throws(ImageError) in try mask(bytes) }
  }

  /// What the file says of itself; no pixel is decoded.
  package static func readHeader(_ path: String) throws(ImageError) -> ImageHeader {
    try at(path) { bytes throws(ImageError) in try header(bytes) }
  }

  /// - Parameter quality: the quality of a JPEG, 1…100.
  /// - Throws: ``ImageError`` where the path ends in neither .png nor .jpg, or cannot be written.
  package static func write(
    _ raster: Raster, to path: String, quality: Int = 92
  ) throws(ImageError) {
    let name = path.lowercased()
    try writing(path) { () throws(ImageError) in
      if name.hasSuffix(".png") { return try PNG.encode(raster) }
      if name.hasSuffix(".jpg") || name.hasSuffix(".jpeg") {
        return try JPEG.encode(raster, quality: quality)
      }
      throw ImageError("images are written as .png or .jpg")
    }
  }

  /// The bytes of a PNG.
  package static func png(_ raster: Raster) throws(ImageError) -> [UInt8] {
    try PNG.encode(raster)
  }

  /// The bytes of a JPEG.
  ///
  /// - Precondition: the raster is of 8 bits.
  /// - Parameter quality: 1…100.
  package static func jpeg(_ raster: Raster, quality: Int) throws(ImageError) -> [UInt8] {
    try JPEG.encode(raster, quality: quality)
  }

  /// Writes a mask as PNG. Its pixels are the ids, with or without a palette that colors them.
  package static func write(
    _ mask: Mask, to path: String, palette: ClassPalette? = nil
  ) throws(ImageError) {
    try writing(path) { () throws(ImageError) in
      try PNG.encode(mask, palette: (palette?.colours ?? []).prefix(3 * 256).map(\.self))
    }
  }
}

/// What an image file says of itself.
package struct ImageHeader: Sendable, Hashable {
  package let size: Size
  /// The number of channels of the decoded image: 1 (grey) or 3 (RGB); of a TIFF any number.
  package let channels: Int
  /// True where the file can be a mask of ids: it has one channel of integers and is no JPEG.
  package let holdsIDs: Bool
  /// The format in the words of an error message: "8-bit RGB".
  package let format: String

  /// True where the format changes values, so that neither ids nor colours come through it.
  package var isLossy: Bool { format == "JPEG" || format == "lossy WebP" }
}

/// How much of an image file was decoded, and at which scale.
package struct DecodedExtent: Sendable, Hashable {
  /// The size of the image as the file stores it.
  package let fileSize: Size
  /// 1, 2, 4 or 8: each decoded pixel shows 8 / eighths pixels of the file, both ways.
  package var eighths = 8

  package init(fileSize: Size, eighths: Int = 8) {
    self.fileSize = fileSize
    self.eighths = eighths
  }

  /// The size of the decoded image. Where the size in the file is no multiple of 8 / eighths, the
  /// last row and column reach beyond the image.
  package var size: Size {
    Size(height: (fileSize.height * eighths + 7) / 8, width: (fileSize.width * eighths + 7) / 8)
  }

  /// True where the decoded pixels show the whole image at this size and nothing beyond.
  package func isExactly(_ target: Size) -> Bool {
    fileSize.height * eighths == 8 * target.height && fileSize.width * eighths == 8 * target.width
  }
}

// MARK: Bytes in memory

extension ImageFile {
  package static func image(_ bytes: [UInt8]) throws(ImageError) -> Raster {
    var raster = Raster()
    _ = try decode(bytes, into: &raster)
    return raster
  }

  package static func mask(_ bytes: [UInt8]) throws(ImageError) -> Mask {
    var values = MaskValues()
    try decode(bytes, into: &values)
    guard values.kind == .bytes else { throw ImageError("is a mask of 16 bits") }
    return Mask(size: values.size, ids: values.bytes)
  }

  /// - Parameter least: the smallest size that will do. A JPEG may then be decoded at a smaller
  ///   scale. `nil` where every pixel is needed.
  package static func decode(
    _ bytes: [UInt8], atLeast least: Size? = nil, into raster: inout Raster
  ) throws(ImageError) -> DecodedExtent {
    switch try format(of: bytes) {
    case .still(let codec): return try codec.decode(bytes, into: &raster)
    case .jpeg: return try JPEG.decode(bytes, atLeast: least, into: &raster)
    case .tiff:
      try onlyPage(of: bytes).decode(page: 0, into: &raster)
      return DecodedExtent(fileSize: raster.size)
    }
  }

  /// What a mask holds, as it is stored.
  ///
  /// - Parameter shades: whether a value means no more than whether it is above a threshold, so that what
  ///   a lossy format makes of it will do: the luma of such a file.
  package static func decode(
    _ bytes: [UInt8], shades: Bool = false, into mask: inout MaskValues
  ) throws(ImageError) {
    switch try format(of: bytes) {
    case .tiff: try onlyPage(of: bytes).decode(page: 0, into: &mask)
    case .still(let codec):
      let header = try codec.header(bytes)
      guard header.isLossy else { return try codec.decode(bytes, into: &mask) }
      guard shades else { throw lossyMask(header.format) }
      try mask.takeShades { raster throws(ImageError) in _ = try codec.decode(bytes, into: &raster)
      }
    case .jpeg:
      guard shades else { throw lossyMask("JPEG") }
      try mask.takeShades { raster throws(ImageError) in _ = try JPEG.decode(bytes, into: &raster) }
    }
  }

  private static func lossyMask(_ format: String) -> ImageError {
    ImageError(
      "is \(format), which changes class ids: write masks as PNG, or where there are two classes say "
        + "from which value on a pixel is of the second, data.values: {threshold: 128}")
  }

  /// The colours of a mask, those of a palette too.
  package static func decode(
    _ bytes: [UInt8], coloursInto mask: inout MaskValues
  ) throws(ImageError) {
    switch try format(of: bytes) {
    case .jpeg: throw ImageError("is JPEG, which changes colours: write masks as PNG")
    case .still(let codec):
      let header = try codec.header(bytes)
      if header.isLossy {
        throw ImageError("is \(header.format), which changes colours: write masks as PNG")
      }
    case .tiff: break
    }
    try mask.takeColours { raster throws(ImageError) in
      _ = try decode(bytes, into: &raster)
    }
  }

  /// How an EXIF block, with `Exif` at its beginning or without, says that its image is shown: 1…8, of
  /// which 1 is upright; `nil` where it says nothing.
  package static func orientation(exif bytes: [UInt8]) -> Int? {
    let orientation = Int(ic_exif_orientation(bytes, bytes.count))
    return orientation > 0 ? orientation : nil
  }

  package static func header(_ bytes: [UInt8]) throws(ImageError) -> ImageHeader {
    switch try format(of: bytes) {
    case .still(let codec): try codec.header(bytes)
    case .jpeg: try JPEG.header(bytes)
    case .tiff: try onlyPage(of: bytes).header(page: 0)
    }
  }

  private static func onlyPage(of bytes: [UInt8]) throws(ImageError) -> TIFF {
    let file = try TIFF(bytes)
    try file.requireOnePage()
    return file
  }

  private enum Format {
    case still(ImageCodec)
    case jpeg
    case tiff
  }

  private static let codecs: [ImageCodec] = [.png, .gif, .webP, .bmp, .pnm]

  private static func format(of bytes: [UInt8]) throws(ImageError) -> Format {
    if let codec = codecs.first(where: { $0.fits(bytes) }) { return .still(codec) }
    if bytes.starts(with: JPEG.signature) { return .jpeg }
    if TIFF.signatures.contains(where: { bytes.starts(with: $0) }) { return .tiff }
    throw ImageError(FileKind.complaint(of: bytes))
  }

  private static func at<Value>(
    _ path: String, _ decode: ([UInt8]) throws(ImageError) -> Value
  ) throws(ImageError) -> Value {
    let bytes = try FileBytes.read(path)
    do {
      return try decode(bytes)
    } catch {
      throw ImageError(file: path, error.reason)
    }
  }

  private static func writing(
    _ path: String, _ encode: () throws(ImageError) -> [UInt8]
  ) throws(ImageError) {
    let bytes: [UInt8]
    do {
      bytes = try encode()
    } catch {
      throw ImageError(file: path, error.reason)
    }
    try FileBytes.write(bytes, to: path)
  }
}
