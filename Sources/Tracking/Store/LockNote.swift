internal import Foundation
internal import Synchronization

/// The note in the file of a lock that says who holds it, written by its holder again and again.
final class LockNote: Sendable {
  private let descriptor: Int32
  /// `nil` where the file is somebody else's and stays as it is, and once the note is removed.
  private let holder: Mutex<LockHolder?>

  /// Seconds between two signs of life.
  static let interval = 10.0
  /// The intervals without a sign after which a holder on another host counts as dead.
  private static let patience = 3.0

  init(_ descriptor: Int32, _ holder: LockHolder) {
    self.descriptor = descriptor
    let before = Self.text(of: descriptor)
    let isFree = before.isEmpty || LockHolder(before) != nil
    self.holder = Mutex(isFree ? holder : nil)
    guard isFree else { return }
    ftruncate(descriptor, 0)
    Self.write(holder, to: descriptor)
  }

  /// Says that its holder lives. It does not overwrite the note of another.
  func giveSign() {
    holder.withLock { holder in
      guard var next = holder, !Self.isOfAnother(descriptor, than: next) else { return }
      next.sign += 1
      holder = next
      Self.write(next, to: descriptor)
    }
  }

  /// The lock is given back: nobody need wait for a sign.
  func remove() {
    holder.withLock { holder in
      guard let own = holder, !Self.isOfAnother(descriptor, than: own) else { return }
      ftruncate(descriptor, 0)
      holder = nil
    }
  }

  /// True where a process of another host has taken the lock over.
  var isOfAnother: Bool {
    holder.withLock { $0.map { Self.isOfAnother(descriptor, than: $0) } ?? false }
  }

  /// Waits until the holder that the note names is known to be dead. Of a process of this system the kernel has
  /// said so by giving the lock.
  ///
  /// - Throws: ``StoreError/busy(path:holder:)`` where it gives a sign of life.
  static func awaitDeath(
    of path: String, for own: LockHolder, interval: Double
  ) throws(StoreError) {
    guard let first = holder(of: path), !first.boot.isEmpty, first.boot != own.boot else { return }
    let steps = 30
    for _ in 0..<steps {
      usleep(UInt32(patience * interval / Double(steps) * 1e6))
      // Opened anew each time: that is when a shared file system asks what others have written.
      guard let found = holder(of: path) else { return }
      if found != first { throw StoreError.busy(path: path, holder: found.name) }
    }
  }

  private static func holder(of path: String) -> LockHolder? {
    let descriptor = open(path, O_RDONLY | RunLock.flags)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return LockHolder(text(of: descriptor))
  }

  static func text(of descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: LockHolder.longest + 1)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  private static func isOfAnother(_ descriptor: Int32, than own: LockHolder) -> Bool {
    LockHolder(text(of: descriptor)).map { !$0.isSame(as: own) } ?? false
  }

  private static func write(_ holder: LockHolder, to descriptor: Int32) {
    _ = holder.text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }
}
