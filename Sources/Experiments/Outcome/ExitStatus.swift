/// What the process tells its caller: the numbers of `sysexits.h` where they fit.
enum ExitStatus: Int32, Sendable, CaseIterable {
  case done = 0
  /// A trial or an export failed.
  case failed = 1
  /// A reproduction or a verification differs.
  case differs = 2
  /// No run matches what was asked for.
  case nothingMatched = 3
  case usage = 64
  /// The spec or the data are wrong.
  case badInput = 65
  /// A record is damaged, or the system refused to read or write.
  case damagedStore = 74
  /// Stopped on request; the same command continues.
  case interrupted = 75
  /// Stopped by a second Ctrl-C.
  case killed = 130
}
