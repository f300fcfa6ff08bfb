import Foundation
internal import Groundwork
import Synchronization
internal import Tracking

/// Watches what a worker takes of the machine: a sample every five seconds on a thread of its own.
///
/// What cannot be written is lost; the training goes on.
final class SystemSampler: Sendable {
  private let file: Mutex<SystemFile?>
  static let seconds = 5.0

  /// - Parameters:
  ///   - path: of the file that samples go to.
  ///   - every: called before each sample, for what else is to be done so often.
  init(path: String, every: @escaping @Sendable () -> Void = {}) {
    file = Mutex(SystemFile(path: path))
    sample()
    // Without a thread there is the sample of the beginning and that of the end.
    try? SystemThread.start { [weak self] in
      while true {
        usleep(UInt32(Self.seconds * 1e6))
        every()
        guard let self, self.sample() else { return }
      }
    }
  }

  /// Takes the last sample; there are no more after it.
  func finish() {
    file.withLock { file in
      try? file?.add(ProcessUsage.sample(), isLast: true)
      file = nil
    }
  }

  /// - Returns: `false` after the last one.
  @discardableResult
  private func sample() -> Bool {
    file.withLock { file in
      guard let file else { return false }
      try? file.add(ProcessUsage.sample())
      return true
    }
  }
}
