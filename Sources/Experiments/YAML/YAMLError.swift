/// Why a text is not YAML that a spec can be read from.
struct YAMLError: Error, Sendable, Hashable {
  let code: DiagnosticCode
  let mark: Mark
  let message: String
  /// What to do about it, where that can be said.
  let remedy: String?

  init(
    _ code: DiagnosticCode, _ message: String, at mark: Mark, remedy: String? = nil
  ) {
    self.code = code
    self.mark = mark
    self.message = message
    self.remedy = remedy
  }
}
