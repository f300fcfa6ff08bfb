internal import Foundation

/// Threads of the operating system, of which it may have none left.
///
/// Foundation's `Thread` says nothing where none can be started: whoever waits for it waits for ever.
package enum SystemThread {
  /// Runs `body` on a thread of its own.
  ///
  /// - Parameter stackSize: in bytes; `nil` for what the system gives.
  /// - Throws: ``SystemThreadError`` where the system refuses.
  package static func start(
    stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void
  ) throws(SystemThreadError) {
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    if let stackSize { pthread_attr_setstacksize(&attributes, stackSize) }
    let code = pthread_create(&thread, &attributes, runWork, work.toOpaque())
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
