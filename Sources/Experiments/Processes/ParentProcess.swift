import CProcess
import Foundation
internal import Tracking

/// The process that started this one, where that was this program too.
enum ParentProcess {
  /// The variable by which a child knows who started it.
  static let variable = "EXPERIMENTS_PARENT"

  /// Ends this process with its parent, however either of them fares: by then nobody wants what it
  /// does, and it holds locks and memory. What is recorded is whole at any instant.
  ///
  /// Does nothing where the process was started by hand.
  static func endWithIt() {
    guard let text = ProcessInfo.processInfo.environment[variable], let parent = pid_t(text) else {
      return
    }
    _ = process_end_with_parent(SIGKILL)
    // It may have ended before.
    if getppid() != parent { exit(ExitStatus.interrupted.rawValue) }
  }
}
