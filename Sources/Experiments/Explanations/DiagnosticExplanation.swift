/// What a code means: why the fault is one, how to mend it, and the smallest lines that show it.
struct DiagnosticExplanation: Sendable {
  let code: DiagnosticCode
  /// A few words, as a list has them.
  let title: String
  let why: String
  let remedy: String
  /// Has the fault.
  let wrong: Example
  /// The same without it.
  let right: Example

  /// Lines of a spec that is otherwise right, and what stands beside it.
  struct Example: Sendable, Encodable, ExpressibleByStringLiteral {
    let yaml: String
    /// The texts of other files in the spec's folder, by their names.
    let files: [String: String]
    /// What is given behind `--set`.
    let overrides: [String]

    init(_ yaml: String, files: [String: String] = [:], overrides: [String] = []) {
      (self.yaml, self.files, self.overrides) = (yaml, files, overrides)
    }

    init(stringLiteral yaml: String) { self.init(yaml) }
  }

  init(
    _ code: DiagnosticCode, _ title: String, why: String, remedy: String, wrong: Example,
    right: Example
  ) {
    self.code = code
    self.title = title
    self.why = why
    self.remedy = remedy
    self.wrong = wrong
    self.right = right
  }
}

extension DiagnosticExplanation {
  /// All of them, in the order of their codes.
  static let all = texts + keys + values + composition + sections + sweeps + data + warnings

  /// - Parameter code: in capital or small letters.
  static func of(_ code: String) -> DiagnosticExplanation? {
    all.first { $0.code.rawValue == code.uppercased() }
  }
}

extension DiagnosticCode {
  /// What it means, in a few words.
  var title: String { explanation?.title ?? rawValue }

  var explanation: DiagnosticExplanation? { DiagnosticExplanation.all.first { $0.code == self } }
}
