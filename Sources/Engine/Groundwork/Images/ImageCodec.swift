internal import CImageCodecs

/// The decoders of a format whose files are one image in memory.
struct ImageCodec: Sendable {
  /// The beginnings of its files, each with its place.
  let signatures: [(bytes: [UInt8], place: Int)]
  fileprivate let readHeader: Header
  fileprivate let readPixels: Decode

  fileprivate typealias Header =
    @Sendable @convention(c) (
      UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<ic_header>?,
      UnsafeMutablePointer<ic_message>?
    ) -> Int32
  fileprivate typealias Decode =
    @Sendable @convention(c) (
      UnsafePointer<UInt8>?, Int, _ wantsIDs: Int32, UnsafeMutablePointer<ic_room>?,
      UnsafeMutablePointer<ic_header>?, UnsafeMutablePointer<ic_message>?
    ) -> Int32

  static let png = ImageCodec(
    signatures: [(PNG.signature, 0)],
    readHeader: ic_png_header, readPixels: ic_png_decode)
  static let gif = ImageCodec(
    signatures: [(Array("GIF87a".utf8), 0), (Array("GIF89a".utf8), 0)],
    readHeader: ic_gif_header, readPixels: ic_gif_decode)
  static let webP = ImageCodec(
    signatures: [(Array("WEBP".utf8), 8)],
    readHeader: ic_webp_header, readPixels: ic_webp_decode)
  static let bmp = ImageCodec(
    signatures: [(Array("BM".utf8), 0)],
    readHeader: ic_bmp_header, readPixels: ic_bmp_decode)
  static let pnm = ImageCodec(
    signatures: (1...7).flatMap { kind in
      ["\n", " ", "\r", "\t", "#"].map { (Array("P\(kind)\($0)".utf8), 0) }
    }, readHeader: ic_pnm_header, readPixels: ic_pnm_decode)

  func fits(_ bytes: [UInt8]) -> Bool {
    signatures.contains { bytes.dropFirst($0.place).starts(with: $0.bytes) }
  }
}

extension ImageCodec {
  func header(_ bytes: [UInt8]) throws(ImageError) -> ImageHeader {
    var header = ic_header()
    var message = ic_message()
    guard readHeader(bytes, bytes.count, &header, &message) == 1 else { throw message.error }
    return ImageHeader(header)
  }

  /// Samples of 8 or 16 bits.
  func decode(_ bytes: [UInt8], into raster: inout Raster) throws(ImageError) -> DecodedExtent {
    var header = ic_header()
    var message = ic_message()
    while true {
      let (done, isFilled, needed) = raster.pixels.withRoom { room in
        let done = readPixels(bytes, bytes.count, 0, &room, &header, &message)
        return (done, room.filled == 1, room.needed)
      }
      guard done == 1 else { throw message.error }
      guard isFilled else {
        raster.pixels.resize(to: needed)
        continue
      }
      let size = Size(height: Int(header.height), width: Int(header.width))
      raster.reshape(
        size, channels: Int(header.channels), depth: header.depth == 16 ? .bits16 : .bits8)
      return DecodedExtent(fileSize: size)
    }
  }

  /// Samples or palette indices as they are stored.
  func decode(_ bytes: [UInt8], into mask: inout MaskValues) throws(ImageError) {
    var header = ic_header()
    var message = ic_message()
    while true {
      let (done, isFilled, needed) = mask.bytes.withRoom { room in
        let done = readPixels(bytes, bytes.count, 1, &room, &header, &message)
        return (done, room.filled == 1, room.needed)
      }
      guard done == 1 else { throw message.error }
      guard header.holds_ids == 1 else {
        throw ImageError(
          "is \(ImageHeader(header).format), but a mask holds one class id a pixel: say in "
            + "data.colors which colour is which class, or write it as 8-bit grey or palette PNG")
      }
      guard isFilled else {
        mask.bytes.resize(to: needed)
        continue
      }
      return mask.reshape(
        Size(height: Int(header.height), width: Int(header.width)),
        header.depth == 16 ? .words : .bytes)
    }
  }
}
