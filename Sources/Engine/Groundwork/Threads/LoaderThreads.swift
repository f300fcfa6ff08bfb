internal import Foundation

/// Threads that prepare data.
package final class LoaderThreads: Sendable {
  private let running = DispatchGroup()

  /// One for each core.
  package static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Fewer than `count` where the system has no more: they do the same work.
  ///
  /// - Throws: where there is not even one.
  package init(_ count: Int, _ body: @escaping @Sendable () -> Void) throws(SystemThreadError) {
    for number in 0..<count {
      running.enter()
      do throws(SystemThreadError) {
        try SystemThread.start { [running] in
          body()
          running.leave()
        }
      } catch {
        running.leave()
        guard number > 0 else { throw error }
        return
      }
    }
  }

  /// Waits until all have returned: none is left to use libraries or files when the program ends.
  package func join() { running.wait() }
}
