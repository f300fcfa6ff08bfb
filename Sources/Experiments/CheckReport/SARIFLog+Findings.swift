internal import Datasets
import Foundation

extension SARIFLog {
  /// What is wrong with a spec or its data; `nil` for an error that is about neither.
  init?(_ error: any Error) {
    let results: [Result]? =
      switch error {
      case let error as SpecErrors: error.diagnostics.map(Result.init)
      case let error as DataDiagnostics:
        error.placed.map(Result.init) + error.problems.map(Result.init)
      case let error as DataError: error.problems.map(Result.init)
      case let error as Failure:
        error.code.flatMap { code in
          error.message.map { [Result(code, code.severity, $0, locations: [])] }
        }
      default: nil
      }
    guard let results else { return nil }
    self.init(results, status: ExitStatus.status(of: error) ?? .badInput)
  }

  /// What is run as it is written and hardly meant.
  init(_ warnings: PlanWarnings) {
    self.init(warnings.inOrder.map { Result($0.diagnostic) }, status: .done)
  }
}

extension SARIFLog.Result {
  fileprivate init(
    _ code: DiagnosticCode, _ severity: DiagnosticCode.Severity, _ text: String,
    locations: [SARIFLog.Location]
  ) {
    self.init(
      ruleId: code.rawValue, ruleIndex: DiagnosticCode.allCases.firstIndex(of: code) ?? 0,
      level: severity.rawValue, message: .init(text: text), locations: locations)
  }

  fileprivate init(_ diagnostic: SpecDiagnostic) {
    let text = diagnostic.message + (diagnostic.remedy.map { " (\($0))" } ?? "")
    let location = SARIFLog.Location(diagnostic.mark)
    self.init(
      diagnostic.code, diagnostic.severity,
      // What is set on the command line stands in no file.
      location == nil ? "\(diagnostic.mark.place): \(text)" : text,
      locations: location.map { [$0] } ?? [])
  }

  fileprivate init(_ problem: DataProblem) {
    let code = DiagnosticCode(problem)
    self.init(
      code, code.severity, problem.message,
      locations: problem.file.map { file in
        [.init(file: file, region: problem.line.map { .init(startLine: $0) })]
      } ?? [])
  }
}

extension SARIFLog.Location {
  fileprivate init?(_ mark: Mark) {
    guard case .file = mark.source.kind else { return nil }
    let region = mark.position.map { position in
      let end = mark.source.line(position.line).unicodeScalars.count
      return SARIFLog.Region(
        startLine: position.line, startColumn: position.column,
        endColumn: position.column + max(1, min(position.length, end - position.column + 1)))
    }
    self.init(file: mark.source.name, region: region)
  }

  fileprivate init(file: String, region: SARIFLog.Region?) {
    let uri =
      file.hasPrefix("/")
      ? URL(fileURLWithPath: file).absoluteString
      : file.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? file
    self.init(physicalLocation: .init(artifactLocation: .init(uri: uri), region: region))
  }
}
