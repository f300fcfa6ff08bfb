/// The end of a command that is not `done`: what to say on standard error, and the number.
struct Failure: Error, CustomStringConvertible {
  let status: ExitStatus
  /// `nil` where everything has been said.
  let message: String?

  init(_ status: ExitStatus, _ message: String? = nil) {
    self.status = status
    self.message = message
  }

  var description: String { message ?? "exit status \(status.rawValue)" }
}
