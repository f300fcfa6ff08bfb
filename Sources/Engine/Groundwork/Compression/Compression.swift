internal import CImageCodecs
internal import Foundation

/// What chunks and files of volumes are compressed with.
package enum Compression: Sendable, Hashable {
  /// zlib, also with a header of gzip, as several members too.
  case deflate
  case zstandard
  case blosc

  /// - Parameter count: of the bytes that come out: what is damaged claims any size.
  /// - Throws: ``ImageError`` where the bytes are damaged, or others than these come out.
  package func decompress(
    _ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) throws(ImageError) {
    var message = ic_message()
    let decompress =
      switch self {
      case .deflate: ic_inflate
      case .zstandard: ic_zstd
      case .blosc: ic_blosc
      }
    let from = bytes.assumingMemoryBound(to: UInt8.self)
    let into = room.assumingMemoryBound(to: UInt8.self)
    guard decompress(from.baseAddress, from.count, into.baseAddress, into.count, &message) == 1
    else { throw message.error }
  }

  /// True where these bytes begin a file of gzip.
  package static func isGzip(_ bytes: [UInt8]) -> Bool { ic_is_gzip(bytes, bytes.count) == 1 }

  /// A file of gzip, the same for the same bytes.
  package static func gzip(_ bytes: [UInt8]) throws(ImageError) -> [UInt8] {
    var message = ic_message()
    var count = 0
    guard let made = ic_gzip(bytes, bytes.count, &count, &message) else { throw message.error }
    defer { free(made) }
    return Array(UnsafeBufferPointer(start: made, count: count))
  }

  /// CRC-32C (Castagnoli), which chunks of Zarr carry.
  package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    let bytes = bytes.assumingMemoryBound(to: UInt8.self)
    return ic_crc32c(bytes.baseAddress, bytes.count)
  }
}
