/// The end of a command that is not `done`: what to say on standard error, and the number.
struct Failure: Error, CustomStringConvertible {
  let status: ExitStatus
  /// `nil` where everything has been said.
  let message: String?
  /// The kind of fault of a spec or its data; `nil` for what is none.
  let code: DiagnosticCode?

  init(_ status: ExitStatus, _ message: String? = nil, code: DiagnosticCode? = nil) {
    self.status = status
    self.message = message
    self.code = code
  }

  var description: String { message ?? "exit status \(status.rawValue)" }
}
