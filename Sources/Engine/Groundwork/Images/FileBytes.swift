internal import Foundation

/// Whole files as bytes, in the way this program wants files touched: only regular ones are read,
/// and what is written appears at once or not at all.
package enum FileBytes {
  /// No list, image or mask is larger.
  package static let maximumCount = 1 << 30

  /// - Throws: ``ImageError`` with the system's words; also for folders, pipes and devices.
  package static func read(_ path: String) throws(ImageError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path, into: &bytes)
    return bytes
  }

  /// The same into memory that is used again for every file.
  package static func read(_ path: String, into bytes: inout [UInt8]) throws(ImageError) {
    // Without O_NONBLOCK opening a pipe would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw ImageError(file: path, "is not a file") }
    guard status.st_size <= maximumCount else {
      throw ImageError(file: path, "is larger than \(maximumCount >> 20) MiB")
    }
    let count = Int(status.st_size)
    bytes.resize(to: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        Foundation.read(descriptor, buffer.baseAddress! + filled, count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure(path) }
      guard got > 0 else { throw ImageError(file: path, "shrank while it was read") }
      filled += got
    }
  }

  /// The beginning of a file, or all of it where it is shorter.
  package static func read(_ path: String, first count: Int) throws(ImageError) -> [UInt8] {
    try requireFile(path)
    guard let file = FileHandle(forReadingAtPath: path) else { throw failure(path) }
    defer { try? file.close() }
    return (try? file.read(upToCount: count)).map { Array($0) } ?? []
  }

  /// - Throws: ``ImageError`` where it does not exist, or is a folder, a pipe or a device.
  package static func requireFile(_ path: String) throws(ImageError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw ImageError(file: path, "is not a file") }
  }

  /// Tells whether something is there that is no file, as a pipe or a device.
  package static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  /// Writes beside the file and renames, so that a reader never sees a part of it. A pipe or a device is
  /// written to and stays what it is.
  package static func write(_ bytes: [UInt8], to path: String) throws(ImageError) {
    do {
      let url = URL(fileURLWithPath: path)
      guard !isSpecial(path) else {
        let device = try FileHandle(forWritingTo: url)
        try device.write(contentsOf: bytes)
        return try device.close()
      }
      try Data(bytes).write(to: url, options: .atomic)
    } catch {
      throw ImageError(file: path, "cannot be written: \(systemWords(for: error))")
    }
  }

  /// What the system said, of which Foundation made the error.
  package static func systemWords(for error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey].flatMap { $0 as? any Error }
    return String(cString: strerror(cause.map { Int32(($0 as NSError).code) } ?? EIO))
  }

  private static func failure(_ path: String) -> ImageError {
    ImageError(
      file: path,
      errno == ENOENT
        ? "does not exist: correct the path or data.root" : String(cString: strerror(errno)))
  }
}
