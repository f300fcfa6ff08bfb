internal import Foundation

/// The bytes of a file, or of memory, from the beginning to the end. A file is read through a buffer, so
/// that none has to fit into memory, and nothing is taken at its word about how long it is.
package final class ByteSource {
  /// As errors name it.
  package let path: String
  /// Of the file when it was opened.
  package let count: Int
  /// How many have been read.
  package private(set) var offset = 0
  private let descriptor: Int32
  private var buffer: [UInt8]
  private var place = 0

  /// - Throws: where it is no regular file that can be read. Nothing is waited for, as the writer of a pipe
  ///   would be.
  package init(path: String) throws(TrackerError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    buffer = []
    guard descriptor >= 0 else {
      count = 0
      throw TrackerError(
        path, "cannot read: \(String(cString: strerror(errno)))", remedy: "check the path")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      count = 0
      throw TrackerError(path, "it is no file", remedy: "name a file or a folder of files")
    }
    count = Int(status.st_size)
  }

  package init(_ bytes: [UInt8], path: String) {
    (self.path, count, buffer, descriptor) = (path, bytes.count, bytes, -1)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  package var remaining: Int { max(0, count - offset) }

  /// The next bytes; `nil` where fewer are left, or the file has been cut meanwhile.
  package func read(_ wanted: Int) throws(TrackerError) -> [UInt8]? {
    guard wanted >= 0, wanted <= remaining else { return nil }
    while buffer.count - place < wanted {
      guard try fill(atLeast: wanted) else { return nil }
    }
    defer {
      place += wanted
      offset += wanted
    }
    return Array(buffer[place..<place + wanted])
  }

  /// - Returns: whether there were more bytes.
  private func fill(atLeast wanted: Int) throws(TrackerError) -> Bool {
    guard descriptor >= 0 else { return false }
    buffer.removeFirst(place)
    place = 0
    var more = [UInt8](repeating: 0, count: min(max(Self.chunk, wanted), count))
    let got = Foundation.read(descriptor, &more, more.count)
    if got < 0, errno == EINTR { return true }
    guard got >= 0 else {
      throw TrackerError(
        path, "cannot read: \(String(cString: strerror(errno)))", remedy: "check the disk")
    }
    buffer += more.prefix(got)
    return got > 0
  }

  private static let chunk = 1 << 18
}
