internal import CImageCodecs
internal import Foundation

/// PNG files in memory; ``ImageFile`` is the way to files on disk.
enum PNG {
  /// The first bytes of every PNG file.
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func header(_ bytes: [UInt8]) throws(ImageError) -> ImageHeader {
    try ImageCodec.png.header(bytes)
  }

  static func image(_ bytes: [UInt8]) throws(ImageError) -> Raster {
    var raster = Raster()
    _ = try decode(bytes, into: &raster)
    return raster
  }

  static func decode(
    _ bytes: [UInt8], into raster: inout Raster
  ) throws(ImageError) -> DecodedExtent {
    try ImageCodec.png.decode(bytes, into: &raster)
  }

  /// - Precondition: the raster is of 8 or of 16 bits.
  static func encode(_ raster: Raster) throws(ImageError) -> [UInt8] {
    precondition(raster.depth != .real, "PNGs hold integers")
    return try encode(
      raster.pixels, raster.size, channels: raster.channels, depth: raster.depth, palette: [])
  }

  /// - Parameter palette: `[colours, 3]`, a colour for every id up to the largest; empty for grey.
  static func encode(_ mask: Mask, palette: [UInt8]) throws(ImageError) -> [UInt8] {
    try encode(mask.ids, mask.size, channels: 1, depth: .bits8, palette: palette)
  }

  private static func encode(
    _ pixels: [UInt8], _ size: Size, channels: Int, depth: PixelDepth, palette: [UInt8]
  ) throws(ImageError) -> [UInt8] {
    var file = ic_file()
    var message = ic_message()
    let done = palette.withUnsafeBufferPointer { colours in
      ic_png_encode(
        pixels, Int32(size.width), Int32(size.height), Int32(channels),
        Int32(8 * depth.bytes), colours.isEmpty ? nil : colours.baseAddress,
        Int32(colours.count / 3), &file, &message)
    }
    guard done == 1 else { throw message.error }
    return file.take()
  }
}

extension ImageHeader {
  init(_ header: ic_header) {
    size = Size(height: Int(header.height), width: Int(header.width))
    channels = Int(header.channels)
    holdsIDs = header.holds_ids == 1
    format = withUnsafeBytes(of: header.format) { String(cBytes: $0) }
  }
}

extension [UInt8] {
  /// Lends the elements to a decoder.
  mutating func withRoom<Result>(_ decode: (inout ic_room) -> Result) -> Result {
    withUnsafeMutableBufferPointer { buffer in
      var room = ic_room(bytes: buffer.baseAddress, capacity: buffer.count, needed: 0, filled: 0)
      return decode(&room)
    }
  }
}

extension ic_message {
  package var error: ImageError { ImageError(withUnsafeBytes(of: text) { String(cBytes: $0) }) }
}

extension ic_file {
  /// Copies the bytes and frees the original.
  package func take() -> [UInt8] {
    defer { free(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: count))
  }
}

extension String {
  /// The text before the first zero byte.
  fileprivate init(cBytes: UnsafeRawBufferPointer) {
    self = String(decoding: cBytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
