internal import Glibc

/// The end of a process that the system gives no memory any more.
package enum MemoryShortage {
  /// By which whoever started the process knows why it ended: `EX_OSERR` of sysexits.h.
  package static let exitStatus: Int32 = 71

  /// Says what was asked for on standard error, and ends the process: nothing could be put right without memory.
  package static func end(_ message: String) -> Never {
    var line = message + "\n"
    line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    _exit(exitStatus)
  }
}
