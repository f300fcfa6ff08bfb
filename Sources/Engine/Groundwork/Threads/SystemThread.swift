internal import Foundation

/// Threads of the operating system, of which it may have none left.
///
/// Foundation's `Thread` says nothing where none can be started: whoever waits for it waits for ever.
package enum SystemThread {
  /// Runs `body` on a thread of its own.
  ///
  /// - Throws: ``SystemThreadError`` where the system refuses.
  package static func start(
    _ body: @escaping @Sendable () -> Void
  ) throws(SystemThreadError) {
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, runWork, work.toOpaque())
    guard code == 0 else {
      work.release()
      throw SystemThreadError(code: code)
    }
    pthread_detach(thread)
  }

  fileprivate final class Work {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}

private func runWork(_ work: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let work else { return nil }
  Unmanaged<SystemThread.Work>.fromOpaque(work).takeRetainedValue().body()
  return nil
}

/// The system's refusal to start a thread.
package struct SystemThreadError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Its `errno`.
  package let code: Int32

  package var description: String {
    "cannot start a thread: \(String(cString: strerror(code))); raise the limit of processes or of "
      + "memory (ulimit -u, ulimit -v, the container's pids), or use fewer threads and --jobs"
  }
}
