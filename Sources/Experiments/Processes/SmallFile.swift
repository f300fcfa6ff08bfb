import Foundation

/// Files that others may have put where this program looks.
enum SmallFile {
  /// The text of a regular file; `nil` where there is none, or it is longer. Nothing is waited for, as
  /// the writer of a pipe would be.
  static func text(of path: String, atMost limit: Int) -> String? {
    end(of: path, atMost: limit, isWhole: true)
  }

  /// The last bytes of a regular file.
  static func end(of path: String, atMost limit: Int) -> String? {
    end(of: path, atMost: limit, isWhole: false)
  }

  private static func end(of path: String, atMost limit: Int, isWhole: Bool) -> String? {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let size = Int(status.st_size)
    guard size <= limit || !isWhole else { return nil }
    var bytes = [UInt8](repeating: 0, count: min(size, limit))
    let count = pread(descriptor, &bytes, bytes.count, max(0, size - limit))
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
