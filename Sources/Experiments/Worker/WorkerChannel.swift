import Foundation
internal import Groundwork
import Synchronization
internal import Tracking

/// The worker's end of its parent's ear: messages as JSON, one a line, on what was standard output.
///
/// Opening the channel takes standard output away from everybody else: whatever a library prints
/// there goes to standard error, so that it cannot garble a message.
final class WorkerChannel: Sendable {
  private let descriptor: Int32
  private let log = Mutex<AttemptLog?>(nil)

  init() {
    descriptor = dup(STDOUT_FILENO)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    dup2(STDERR_FILENO, STDOUT_FILENO)
  }

  /// Messages to a parent that is gone are lost; ``whenClosed(_:)`` says that it is.
  func send(_ message: WorkerMessage) {
    if let line = message.logLine { log.withLock { $0 }?.say(line) }
    guard var line = try? message.encoded() else { return }
    line.append(UInt8(ascii: "\n"))
    try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).write(contentsOf: line)
  }

  /// What is sent from now on is said in words in the attempt's log, too.
  func keep(_ log: AttemptLog?) { self.log.withLock { $0 = log } }

  /// Calls `action`, on a thread of its own, once nobody listens any more.
  ///
  /// - Throws: `SystemThreadError` where the thread cannot be started.
  func whenClosed(_ action: @escaping @Sendable () -> Void) throws {
    let descriptor = descriptor
    try SystemThread.start {
      var watched = pollfd(fd: descriptor, events: 0, revents: 0)
      while poll(&watched, 1, -1) < 0, errno == EINTR {}
      action()
    }
  }
}

/// A request to a process to stop, made from any thread and read between steps.
final class StopRequest: Sendable {
  private let flag = Atomic(false)
  var isMade: Bool { flag.load(ordering: .relaxed) }
  func make() { flag.store(true, ordering: .relaxed) }
}
