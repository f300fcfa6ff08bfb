internal import Foundation

/// The bytes of a file, mapped into memory and unmapped with the last user.
///
/// Readers ask for bytes through ``ByteReader``, which checks their places.
final class FileContents: @unchecked Sendable {
  // Sendable: the bytes are never written.
  let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  var count: Int { bytes.count }

  /// - Throws: ``Refusal`` for what is not a regular file, or cannot be opened.
  init(path: String) throws(Refusal) {
    // Without O_NONBLOCK opening a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure() }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Refusal("it is not a file", remedy: "name the file of weights itself")
    }
    isMapped = status.st_size > 0
    guard isMapped else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let count = Int(status.st_size)
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else { throw Self.failure() }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  /// A copy of bytes that no file has.
  init(_ values: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: values.count, alignment: 8)
    copy.copyBytes(from: values)
    bytes = UnsafeRawBufferPointer(copy)
    isMapped = false
  }

  deinit {
    guard isMapped else { return bytes.deallocate() }
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }

  private static func failure() -> Refusal {
    errno == ENOENT
      ? Refusal("it does not exist", remedy: "correct the path")
      : Refusal(String(cString: strerror(errno)))
  }
}
