internal import Foundation

/// Threads that prepare data.
final class LoaderThreads: Sendable {
  private let running = DispatchGroup()

  /// One for each core.
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  init(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    for _ in 0..<count {
      running.enter()
      let thread = Thread { [running] in
        body()
        running.leave()
      }
      thread.name = "loader"
      thread.start()
    }
  }

  /// Waits until all have returned: none is left to use libraries or files when the program ends.
  func join() { running.wait() }
}
