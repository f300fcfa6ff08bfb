internal import Foundation

/// Threads that prepare data.
enum LoaderThread {
  /// One for each core.
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// - Parameter givesWay: whether it runs when other threads leave a core free rather than taking
  ///   turns with them. On Linux the niceness is a thread's own; elsewhere nothing changes.
  static func start(givesWay: Bool = false, _ body: @escaping @Sendable () -> Void) {
    let thread = Thread {
      #if os(Linux)
        if givesWay { _ = nice(yieldingNiceness) }
      #endif
      body()
    }
    thread.name = "loader"
    thread.start()
  }

  /// Above the niceness of the process; more than 19 in all is as good as 19.
  private static let yieldingNiceness: Int32 = 10
}
