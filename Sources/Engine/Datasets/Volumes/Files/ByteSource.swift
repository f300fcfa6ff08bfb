internal import Foundation
internal import Groundwork

/// The bytes of a file, or what is compressed in it, at any place.
protocol ByteSource: AnyObject {
  /// Fills the room with the bytes from `offset` on.
  func read(at offset: Int, into room: UnsafeMutableRawBufferPointer) throws(ImageError)
  /// Makes sure that so many bytes are there before the first of them is wanted.
  func require(_ count: Int) throws(ImageError)
}

extension ByteSource {
  func bytes(at offset: Int, _ count: Int) throws(ImageError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try bytes.withMutableBytes { (room) throws(ImageError) in
      try read(at: offset, into: room)
    }
    return bytes
  }
}

/// A file as it is.
final class PlainBytes: ByteSource {
  private let descriptor: Int32
  let count: Int

  /// - Throws: ``ImageError`` with the system's words, also for what is no regular file.
  init(_ path: String) throws(ImageError) {
    try FileBytes.requireFile(path)
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw ImageError(String(cString: strerror(errno))) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw ImageError(String(cString: strerror(errno)))
    }
    count = Int(status.st_size)
  }

  deinit { close(descriptor) }

  func read(at offset: Int, into room: UnsafeMutableRawBufferPointer) throws(ImageError) {
    var filled = 0
    while filled < room.count, let start = room.baseAddress {
      let got = pread(descriptor, start + filled, room.count - filled, off_t(offset + filled))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw ImageError(String(cString: strerror(errno))) }
      guard got > 0 else { throw Self.cutShort }
      filled += got
    }
  }

  func require(_ count: Int) throws(ImageError) {
    guard count <= self.count else { throw Self.cutShort }
  }

  static var cutShort: ImageError {
    ImageError("ends early: the file is cut short, put a whole copy in its place")
  }
}
