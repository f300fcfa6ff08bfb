import ArgumentParser
internal import Datasets
import Foundation
import Tracking

/// What a command that was asked for JSON prints where it fails, so that a program can read that
/// too: `{"errors": [{"code", "file", "line", "column", "message", "remedy"}]}`.
struct JSONErrors: Encodable {
  let errors: [Entry]

  struct Entry: Encodable {
    /// The kind of fault, as `experiments explain` names it; `nil` for what is no fault of a spec or its data.
    var code: DiagnosticCode?
    /// The spec, list or record at fault; `nil` where no file is.
    var file: String?
    /// From 1.
    var line: Int?
    var column: Int?
    let message: String
    var remedy: String?
  }

  /// Tells whether the command line asks for JSON.
  static func areWanted(_ arguments: [String]) -> Bool {
    if arguments.contains("--json") || arguments.contains("--format=json") { return true }
    return zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
  }

  /// Prints the error as JSON where the command line asks for it.
  ///
  /// - Throws: what ends the process with the status of the error; the error itself where it is
  ///   still to be said.
  static func print(
    _ error: any Error, arguments: [String] = CommandLine.arguments
  ) throws -> Never {
    let isSaid = (error as? Failure).map { $0.message == nil } ?? false
    let status = (error as? Failure)?.status ?? ExitStatus.status(of: error)
    let isHelp = status == nil && Experiments.exitCode(for: error).isSuccess
    guard areWanted(arguments), !isSaid, !isHelp else { throw error }
    Swift.print(try JSONOutput.text(JSONErrors(error)))
    throw Failure(status ?? .usage)
  }

  init(_ error: any Error) {
    switch error {
    case let error as SpecErrors: errors = error.diagnostics.map(Entry.init)
    case let error as DataDiagnostics:
      errors = error.placed.map(Entry.init) + error.problems.map(Entry.init)
    case let error as DataError: errors = error.problems.map(Entry.init)
    case let error as StoreError:
      errors = [Entry(file: error.path, message: error.problem, remedy: error.remedy)]
    case let error as QueryError:
      errors = [Entry(column: error.column, message: error.message, remedy: error.remedy)]
    case let error as Failure:
      errors = error.message.map { [Entry(text: $0, code: error.code)] } ?? []
    default:
      let isOurs = ExitStatus.status(of: error) != nil
      errors = [Entry(text: isOurs ? "\(error)" : Experiments.message(for: error))]
    }
  }
}

extension JSONErrors.Entry {
  fileprivate init(_ diagnostic: SpecDiagnostic) {
    self.init(
      code: diagnostic.code, file: diagnostic.mark.source.name,
      line: diagnostic.mark.position?.line,
      column: diagnostic.mark.position?.column, message: diagnostic.message,
      remedy: diagnostic.remedy)
  }

  fileprivate init(_ problem: DataProblem) {
    self.init(
      code: DiagnosticCode(problem), file: problem.file, line: problem.line,
      message: problem.message)
  }

  fileprivate init(text: String, code: DiagnosticCode? = nil) {
    let prefix = "\(code?.label ?? "error"): "
    self.init(
      code: code, message: text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text)
  }
}
