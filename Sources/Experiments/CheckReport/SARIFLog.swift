/// The findings of `check` in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS, 2020): one
/// run of this program, with all codes as rules and what was found as results.
struct SARIFLog: Encodable {
  let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  /// - Parameter status: that of the process which says this.
  init(_ results: [Result], status: ExitStatus) {
    runs = [
      Run(
        results: results,
        invocations: [
          Invocation(executionSuccessful: status == .done, exitCode: Int(status.rawValue))
        ])
    ]
  }

  struct Run: Encodable {
    let tool = Tool()
    /// Columns count Unicode scalars, as places of messages do.
    let columnKind = "unicodeCodePoints"
    let invocations: [Invocation]
    let results: [Result]

    init(results: [Result], invocations: [Invocation]) {
      self.results = results
      self.invocations = invocations
    }
  }

  struct Invocation: Encodable {
    let executionSuccessful: Bool
    let exitCode: Int
  }

  struct Tool: Encodable {
    let driver = Driver()
  }

  struct Driver: Encodable {
    let name = "experiments"
    let version = Program.version
    let rules = DiagnosticExplanation.all.map(Rule.init)
  }

  struct Text: Encodable {
    let text: String
    var markdown: String? = nil
  }

  struct Rule: Encodable {
    let id: String
    let shortDescription: Text
    let fullDescription: Text
    let help: Text
    let defaultConfiguration: Configuration

    struct Configuration: Encodable {
      let level: String
    }

    init(_ explanation: DiagnosticExplanation) {
      id = explanation.code.rawValue
      shortDescription = Text(text: explanation.title)
      fullDescription = Text(text: explanation.why)
      help = Text(
        text: DiagnosticPage(explanation: explanation).text(width: nil, style: Style(isOn: false)),
        markdown: DiagnosticReference.text(of: explanation))
      defaultConfiguration = Configuration(level: explanation.code.severity.rawValue)
    }
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Text
    let locations: [Location]
  }

  struct Location: Encodable {
    let physicalLocation: PhysicalLocation
  }

  struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    /// `nil` where the file as a whole is meant.
    let region: Region?
  }

  struct ArtifactLocation: Encodable {
    let uri: String
  }

  /// Lines and columns from 1; the end column is the first behind the marked part.
  struct Region: Encodable {
    let startLine: Int
    var startColumn: Int? = nil
    var endColumn: Int? = nil
  }
}
