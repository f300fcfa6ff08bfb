internal import Foundation

/// Keeps a run to one writer. The kernel frees the lock when its holder ends, however it ends.
final class RunLock {
  private let descriptor: Int32

  /// - Throws: ``StoreError/busy(path:holder:)`` where another holds it.
  init(_ path: String) throws(StoreError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw StoreError.system(path: path, action: "open the lock", code: errno)
    }
    do throws(StoreError) {
      try Self.take(descriptor, path)
    } catch {
      close(descriptor)
      throw error
    }
    Self.note("process \(getpid()) on \(ProcessInfo.processInfo.hostName)", in: descriptor)
  }

  deinit { close(descriptor) }

  /// Whether a living process holds it.
  static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// Tries for a moment, because a reader that looks whether it is held holds it just then.
  private static func take(_ descriptor: Int32, _ path: String) throws(StoreError) {
    for _ in 0..<20 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw StoreError.system(path: path, action: "lock", code: errno)
      }
      usleep(5000)
    }
    let holder = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    throw StoreError.busy(path: path, holder: holder.isEmpty ? "another process" : holder)
  }

  /// For the error message of whoever comes next; the lock itself is the kernel's.
  private static func note(_ holder: String, in descriptor: Int32) {
    ftruncate(descriptor, 0)
    _ = holder.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }
}
