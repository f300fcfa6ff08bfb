internal import CImageCodecs
internal import Foundation

/// A file, or the rest of one, that is compressed by zlib or gzip and read at any place. One thread
/// owns it.
package final class CompressedFile {
  private let stream: OpaquePointer
  private let descriptor: Int32
  private let start: UInt64

  /// Places of a compressed file where its decompression can begin. Threads may share them.
  package final class Points: @unchecked Sendable {
    fileprivate let points: OpaquePointer

    fileprivate init(_ points: OpaquePointer) { self.points = points }

    deinit { ic_points_free(points) }
  }

  /// - Parameters:
  ///   - path: of a regular file.
  ///   - start: where the compressed bytes begin.
  package init(path: String, start: UInt64) throws(ImageError) {
    try FileBytes.requireFile(path)
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw ImageError(String(cString: strerror(errno))) }
    var message = ic_message()
    guard let stream = ic_stream_open(descriptor, start, &message) else {
      close(descriptor)
      throw message.error
    }
    (self.stream, self.descriptor, self.start) = (stream, descriptor, start)
  }

  deinit {
    ic_stream_close(stream)
    close(descriptor)
  }

  /// Decompresses the content once, up to its first `needed` bytes.
  ///
  /// - Parameter span: bytes of the content between two points.
  /// - Throws: ``ImageError`` where the file is damaged or holds less.
  package func points(needed: UInt64, span: UInt64) throws(ImageError) -> Points {
    var message = ic_message()
    guard let points = ic_points_make(descriptor, start, needed, span, &message) else {
      throw message.error
    }
    return Points(points)
  }

  /// Fills the room with the content from `offset` on.
  ///
  /// - Parameter points: `nil` where everything before may be decompressed again.
  package func read(
    at offset: UInt64, _ points: Points?, into room: UnsafeMutableRawBufferPointer
  ) throws(ImageError) {
    guard room.count > 0 else { return }
    var message = ic_message()
    let into = room.assumingMemoryBound(to: UInt8.self)
    guard
      ic_stream_read(stream, points?.points, offset, into.baseAddress, room.count, &message) == 1
    else { throw message.error }
  }
}
