import Engine
import Foundation

/// What is wrong with the data of a plan: at its place in the spec where a key is at fault, else in the
/// file that is.
struct DataDiagnostics: Error, CustomStringConvertible {
  /// Of keys of the spec, in the order of the file.
  private(set) var placed: [SpecDiagnostic] = []
  /// Of files.
  private(set) var problems: [DataProblem] = []
  /// What may be a mistake besides.
  private(set) var warnings: [DataProblem] = []

  var isEmpty: Bool { placed.isEmpty && problems.isEmpty }

  /// Whether it was the system that refused, which says nothing of the data.
  var isOfTheSystem: Bool { DataError(problems).isOfTheSystem }

  /// Whether it says enough to go on with.
  var isLong: Bool { placed.count + problems.count > 100 }

  mutating func add(_ error: DataError, of trial: Trial, in plan: TrialPlan) {
    for problem in error.problems {
      guard let setting = problem.setting else {
        if !problems.contains(problem) { problems.append(problem) }
        continue
      }
      let mark = plan.places[SpecPath(components: ["data", setting]), trial]
      let diagnostic = SpecDiagnostic(
        "data.\(setting): \(problem)", at: mark, remedy: Self.remedy(for: problem))
      if !placed.contains(diagnostic) { placed.append(diagnostic) }
    }
    for warning in error.warnings where !warnings.contains(warning) { warnings.append(warning) }
  }

  /// A file beside one that is missing which may have been meant.
  private static func remedy(for problem: DataProblem) -> String? {
    guard let file = problem.file, !FileManager.default.fileExists(atPath: file) else { return nil }
    let url = URL(fileURLWithPath: file)
    let folder = url.deletingLastPathComponent().path
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      return "there is no folder \(folder)"
    }
    return NearestName.of(url.lastPathComponent, among: names.sorted())
      .map { "did you mean '\($0)'?" }
  }

  /// As it is said, all at once.
  var description: String {
    let count = Units.count(placed.count + problems.count, "error")
    let lines =
      SpecErrors(placed).diagnostics.map(\.description)
      + (problems.isEmpty ? [] : DataError(problems).lines(prefix: "error: "))
      + warnings.prefix(20).map { "warning: \($0)" }
    return (lines + ["\(count); nothing was run"]).joined(separator: "\n")
  }
}
