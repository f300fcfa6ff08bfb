internal import Tracking

/// What `experiments explain` prints.
struct DiagnosticPage {
  let explanation: DiagnosticExplanation

  /// Every code with its title, a line each.
  static func overview(style: Style) -> String {
    DiagnosticExplanation.all.map { "\(style.bold($0.code.rawValue))  \($0.title)" }
      .joined(separator: "\n")
  }

  /// - Parameter width: columns to wrap at; `nil` for as long as the lines are.
  func text(width: Int?, style: Style) -> String {
    let (code, severity) = (explanation.code.rawValue, explanation.code.severity.rawValue)
    return [
      style.bold("\(severity)[\(code)]: \(explanation.title)"),
      wrapped(explanation.why, width),
      Self.block("wrong", explanation.wrong, style.red),
      Self.block("right", explanation.right, style.green),
      wrapped(explanation.remedy, width),
    ].joined(separator: "\n\n")
  }

  private func wrapped(_ text: String, _ width: Int?) -> String {
    TextWidth.wrapped(text, to: width ?? .max).joined(separator: "\n")
  }

  private static func block(
    _ title: String, _ example: DiagnosticExplanation.Example, _ colour: (String) -> String
  ) -> String {
    let lines = example.lines.map { $0.isEmpty ? "" : "  \($0)" }
    return ([colour(title)] + lines).joined(separator: "\n")
  }
}

extension DiagnosticExplanation.Example {
  /// As people are shown it: the lines of the spec, what is set in it, and the other files.
  var lines: [String] {
    func split(_ text: String) -> [String] {
      text.split(separator: "\n").map(String.init)
    }
    let options = overrides.map { "--set \($0)" }
    let others = files.sorted { $0.key < $1.key }.flatMap { name, text in
      ["# \(name)"] + split(text)
    }
    return split(yaml) + (options.isEmpty ? [] : [""] + options)
      + (others.isEmpty ? [] : [""] + others)
  }
}

extension DiagnosticExplanation: Encodable {
  private enum Keys: String, CodingKey {
    case code, severity, title, why, remedy, wrong, right
  }

  func encode(to encoder: any Encoder) throws {
    var entry = encoder.container(keyedBy: Keys.self)
    try entry.encode(code, forKey: .code)
    try entry.encode(code.severity.rawValue, forKey: .severity)
    try entry.encode(title, forKey: .title)
    try entry.encode(why, forKey: .why)
    try entry.encode(remedy, forKey: .remedy)
    try entry.encode(wrong, forKey: .wrong)
    try entry.encode(right, forKey: .right)
  }
}
