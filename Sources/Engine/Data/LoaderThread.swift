internal import Foundation

/// Threads that prepare data.
enum LoaderThread {
  /// One for each core.
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  static func start(_ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.name = "loader"
    thread.start()
  }
}
