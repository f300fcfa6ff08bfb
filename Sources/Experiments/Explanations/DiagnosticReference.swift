/// `Documentation/Diagnostics.md`: every code with its explanation, as Markdown.
///
/// The document is made of ``DiagnosticExplanation/all`` and not written; a test fails where the committed file
/// is another.
enum DiagnosticReference {
  static var markdown: String {
    ([head] + DiagnosticExplanation.all.map { "## \($0.code.rawValue)\n\n" + text(of: $0) }).joined(
      separator: "\n\n") + "\n"
  }

  private static let head = """
    # Diagnostics

    Every error and warning about a spec or its data has a code, which keeps its meaning: a script or an
    editor may go by it. Codes with E are errors, and nothing is run; those with W are warnings, which
    `--strict` takes for errors. `experiments explain E0101` prints what stands here, and the program writes
    this file from the same list (`make reference`). The examples are lines of a spec that is otherwise right.

    """ + list

  private static var list: String {
    "\n| code | title |\n|---|---|\n"
      + DiagnosticExplanation.all.map {
        "| [\($0.code.rawValue)](#\($0.code.rawValue.lowercased())) | \($0.title) |"
      }.joined(separator: "\n")
  }

  /// What stands below the heading of a code.
  static func text(of explanation: DiagnosticExplanation) -> String {
    [
      "**\(explanation.title.capitalizedFirst).** \(explanation.why)",
      "Wrong:", block(explanation.wrong), "Right:", block(explanation.right), explanation.remedy,
    ].joined(separator: "\n\n")
  }

  private static func block(_ example: DiagnosticExplanation.Example) -> String {
    "```yaml\n\(example.lines.joined(separator: "\n"))\n```"
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
