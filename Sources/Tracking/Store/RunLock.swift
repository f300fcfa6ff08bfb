internal import Foundation

/// Keeps a run to one writer. The kernel frees the lock when its holder ends, however it ends.
final class RunLock {
  private let path: String
  private let descriptor: Int32

  /// - Parameter patience: how often it is tried, 5 ms apart.
  /// - Throws: ``StoreError/busy(path:holder:)`` where another holds it.
  init(_ path: String, patience: Int = 20) throws(StoreError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | Self.flags, 0o666)
    guard descriptor >= 0 else { throw Self.refusal(path, errno) }
    do throws(StoreError) {
      _ = try RecordFile.size(of: descriptor, path)
      try Self.take(descriptor, path, patience)
    } catch {
      close(descriptor)
      throw error
    }
    Self.note("process \(getpid()) on \(ProcessInfo.processInfo.hostName)", in: descriptor)
  }

  deinit { close(descriptor) }

  /// True where the locked file is still the one of its path. Who holds the lock of a folder that
  /// was moved or removed has nothing to write to any more.
  var isInPlace: Bool {
    var (held, found) = (stat(), stat())
    return fstat(descriptor, &held) == 0 && lstat(path, &found) == 0
      && held.st_dev == found.st_dev && held.st_ino == found.st_ino
  }

  /// Tells whether a living process holds the lock.
  static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | flags)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    guard (try? RecordFile.size(of: descriptor, path)) != nil else { return false }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// No link is followed, and a pipe in the place of the lock keeps nobody waiting.
  private static let flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK

  private static func refusal(_ path: String, _ code: Int32) -> StoreError {
    code == ELOOP
      ? .damaged(path: path, reason: "it is a symbolic link, not a file")
      : .system(path: path, action: "open the lock", code: code)
  }

  /// Tries for a moment, because a reader that looks whether it is held holds it just then.
  private static func take(
    _ descriptor: Int32, _ path: String, _ patience: Int
  ) throws(StoreError) {
    for _ in 0..<patience {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw StoreError.system(path: path, action: "lock", code: errno)
      }
      usleep(5000)
    }
    let holder = text(of: descriptor)
    throw StoreError.busy(path: path, holder: isNote(holder) ? holder : "another process")
  }

  /// For the error message of whoever comes next; the lock itself is the kernel's. What is no such
  /// note is somebody else's file and stays as it is.
  private static func note(_ holder: String, in descriptor: Int32) {
    let before = text(of: descriptor)
    guard before.isEmpty || isNote(before) else { return }
    ftruncate(descriptor, 0)
    _ = holder.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  private static func text(of descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: longestNote + 1)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  private static func isNote(_ text: String) -> Bool {
    text.hasPrefix("process ") && text.utf8.count <= longestNote
      && text.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 0x20 && $0.value < 0x7F }
  }

  private static let longestNote = 512
}
