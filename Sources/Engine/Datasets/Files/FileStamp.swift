internal import Digest
internal import Foundation

/// What the system says of a file without reading it: where all of it is as it was, the content is.
package struct FileStamp: Sendable, Hashable {
  package let device: UInt64
  package let node: UInt64
  package let size: Int64
  /// When the content changed last, in nanoseconds since 1970.
  let modified: Int64
  /// When the content, the name's target or the rights changed last: a program can set the time above,
  /// but not this one.
  package let changed: Int64

  init(device: UInt64, node: UInt64, size: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.node = node
    self.size = size
    self.modified = modified
    self.changed = changed
  }

  /// - Returns: `nil` where there is no regular file.
  init?(_ path: FilePath) {
    var status = stat()
    guard stat(path.text, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(
      device: UInt64(status.st_dev), node: UInt64(status.st_ino), size: Int64(status.st_size),
      modified: Self.nanoseconds(status.st_mtim), changed: Self.nanoseconds(status.st_ctim))
  }

  /// One stamp of several files: another where any of them changed, came or went.
  ///
  /// - Returns: `nil` where one of them is no regular file, or there is none.
  init?(of files: [String]) {
    var hash = SHA256()
    var (size, modified, changed) = (Int64(0), Int64.min, Int64.min)
    for file in files {
      guard let stamp = FileStamp(FilePath(file)) else { return nil }
      hash.update(
        "\(file)\0\(stamp.device) \(stamp.node) \(stamp.size) \(stamp.modified) \(stamp.changed)\n")
      size &+= stamp.size
      (modified, changed) = (max(modified, stamp.modified), max(changed, stamp.changed))
    }
    guard let first = files.first.flatMap({ FileStamp(FilePath($0)) }) else { return nil }
    let node = UInt64(hash.finish().hex.prefix(16), radix: 16) ?? 0
    self.init(
      device: first.device, node: node, size: size, modified: modified, changed: changed)
  }

  /// True where a change from now on would show. Clocks of file systems tick in steps of up to two
  /// seconds: of a file that changed just now, a second change may leave no trace.
  var isSettled: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Self.nanoseconds(now) - max(modified, changed) > 3_000_000_000
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// What a path leads to, whatever it is called: links and other spellings are the same.
struct FileIdentity: Hashable {
  private let numbers: [UInt64]
  /// The path, where no file or folder is there to be identified.
  private let path: FilePath?

  /// - Parameter path: the path of a file or folder.
  init(_ path: FilePath) {
    var status = stat()
    let isThere = stat(path.text, &status) == 0
    numbers = isThere ? [UInt64(status.st_dev), UInt64(status.st_ino)] : []
    self.path = isThere ? nil : path
  }
}
