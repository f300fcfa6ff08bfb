import ArgumentParser

/// What the code of a message means.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain the code of an error or a warning, such as E0101, with an example.",
    discussion: """
      experiments explain            every code, a line each
      experiments explain E0101      why it is an error, how to mend it, a wrong and a right example

      Codes keep their meaning: a script or an editor may go by them.
      """)

  @Argument(help: "A code, as messages have it in brackets.", completion: .list(Self.codes))
  var code: String?

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print all codes as Markdown: Documentation/Diagnostics.md.")
  var reference = false

  private static var codes: [String] { DiagnosticCode.allCases.map(\.rawValue) }

  func validate() throws {
    if reference, json || code != nil {
      throw ValidationError("--reference prints everything, as Markdown: leave the rest out")
    }
  }

  func run() throws {
    if reference {
      print(DiagnosticReference.markdown, terminator: "")
      return
    }
    guard let code else {
      print(
        try json
          ? JSONOutput.text(DiagnosticExplanation.all)
          : DiagnosticPage.overview(style: .output))
      return
    }
    guard let explanation = DiagnosticExplanation.of(code) else {
      throw Failure(
        .usage,
        "error: there is no code '\(code)': "
          + (NearestName.of(code.uppercased(), among: Self.codes).map { "did you mean \($0)?" }
            ?? "'experiments explain' lists all"))
    }
    print(
      try json
        ? JSONOutput.text(explanation)
        : DiagnosticPage(explanation: explanation).text(width: Screen.outputWidth, style: .output))
  }
}
