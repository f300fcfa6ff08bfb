import Foundation
internal import Groundwork
import Synchronization

/// Signals that ask to stop, delivered to ordinary code.
enum Interrupts {
  /// SIGINT, SIGTERM and SIGHUP.
  static let requests = [SIGINT, SIGTERM, SIGHUP]

  /// Calls `action` with every one of the signals from now on, on a thread of its own, in place of an action
  /// that was given before. Signals that were watched before stay watched.
  ///
  /// Signal handlers may do next to nothing, so the handler only writes the signal's number into a
  /// pipe, and the thread reads it there.
  ///
  /// Those that came when nobody waited for them any more are told at once.
  ///
  /// - Throws: `SystemThreadError` where the thread cannot be started; signals end the process then.
  static func watch(
    for signals: [Int32] = requests, _ action: @escaping @Sendable (Int32) -> Void
  ) throws {
    let isWatched = watcher.withLock { watcher in
      for number in watcher.signals { action(number) }
      defer { watcher.action = action }
      return watcher.action != nil
    }
    if !isWatched { try listen() }
    handle(signals)
  }

  /// Tells whether a signal that is watched has come.
  static func came(_ number: Int32) -> Bool {
    watcher.withLock { $0.signals.contains(number) }
  }

  private static func listen() throws {
    let (readEnd, writeEnd) = (pipeEnds.read, pipeEnds.write)
    precondition(writeEnd >= 0, "no pipe for signals: \(String(cString: strerror(errno)))")
    try SystemThread.start {
      var number: UInt8 = 0
      while true {
        let count = read(readEnd, &number, 1)
        if count == 1 {
          watcher.withLock { watcher in
            watcher.signals.append(Int32(number))
            watcher.action?(Int32(number))
          }
        }
        if count == 0 || (count < 0 && errno != EINTR) { return }
      }
    }
  }

  private static func handle(_ signals: [Int32]) {
    var watched = sigset_t()
    sigemptyset(&watched)
    for signalNumber in signals {
      // Started by nohup, it is to outlive its terminal.
      if signalNumber == SIGHUP, isIgnored(signalNumber) { continue }
      sigaddset(&watched, signalNumber)
      signal(signalNumber) { number in
        let previousError = errno
        var byte = UInt8(truncatingIfNeeded: number)
        write(pipeEnds.write, &byte, 1)
        errno = previousError
      }
    }
    // Whoever started this process may have had them blocked, which is inherited.
    pthread_sigmask(SIG_UNBLOCK, &watched, nil)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Writing to a closed pipe is an error like others, not the end of the process: `… | head` ends
  /// quietly, and a worker outlives its parent long enough to stop in order.
  static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }
}

/// What watches for signals, and those that came.
private struct Watcher {
  var action: (@Sendable (Int32) -> Void)?
  var signals: [Int32] = []
}

private let watcher = Mutex(Watcher())

private let pipeEnds = unsharedPipe() ?? (read: -1, write: -1)
