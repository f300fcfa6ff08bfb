import Foundation
internal import Groundwork
internal import Tracking

extension FailureRecord {
  /// Of a worker whose process ended without a word.
  ///
  /// - Parameter isShortOfMemory: whether the kernel has ended processes for their memory meanwhile.
  init(_ end: ChildProcess.End, isShortOfMemory: Bool) {
    switch end {
    case .exited(MemoryShortage.exitStatus): self.init(.outOfMemory)
    case .exited: self.init(.crashed)
    case .signalled(SIGKILL) where isShortOfMemory:
      self.init(.outOfMemory, signal: Int(SIGKILL))
    case .signalled(let number) where Self.crashes.contains(number):
      self.init(.crashed, signal: Int(number))
    case .signalled(let number): self.init(.killed, signal: Int(number))
    }
  }

  /// The signals that a process causes itself.
  private static let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS]
}
