internal import Foundation

/// Keeps a run to one writer. The kernel frees the lock when its holder ends, however it ends.
///
/// Where a file system keeps the locks of each host to itself, the note in the file says who holds it: whoever
/// finds that of another host waits for a sign of life before it takes the lock over.
final class RunLock {
  private let path: String
  private let descriptor: Int32
  private let note: LockNote
  private let timer: any DispatchSourceTimer

  /// - Parameters:
  ///   - patience: how often it is tried, 5 ms apart.
  ///   - holder: this process; tests are others.
  ///   - interval: seconds between two signs of life.
  /// - Throws: ``StoreError/busy(path:holder:)`` where another holds it.
  init(
    _ path: String, patience: Int = 20, holder: LockHolder = .current,
    interval: Double = LockNote.interval
  ) throws(StoreError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | Self.flags, 0o666)
    guard descriptor >= 0 else { throw Self.refusal(path, errno) }
    do throws(StoreError) {
      _ = try RecordFile.size(of: descriptor, path)
      try Self.take(descriptor, path, patience)
      try LockNote.awaitDeath(of: path, for: holder, interval: interval)
    } catch {
      close(descriptor)
      throw error
    }
    let note = LockNote(descriptor, holder)
    self.note = note
    timer = DispatchSource.makeTimerSource(queue: .global())
    timer.schedule(deadline: .now() + interval, repeating: interval)
    timer.setEventHandler { note.giveSign() }
    timer.activate()
  }

  deinit {
    timer.cancel()
    note.remove()
    close(descriptor)
  }

  /// True where the locked file is still the one of its path, and no other host has taken the lock over. Who
  /// holds the lock of a folder that was moved or removed has nothing to write to any more.
  var isInPlace: Bool {
    var (held, found) = (stat(), stat())
    return fstat(descriptor, &held) == 0 && lstat(path, &found) == 0
      && held.st_dev == found.st_dev && held.st_ino == found.st_ino && !note.isOfAnother
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
  static let flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK

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
    let holder = LockHolder(LockNote.text(of: descriptor))
    throw StoreError.busy(path: path, holder: holder?.name ?? "another process")
  }
}
