import Engine
import Foundation

/// What is wrong with the data of a plan: at its place in the spec where a key is at fault, else in the
/// file that is.
struct DataDiagnostics: Error, CustomStringConvertible {
  /// Of keys of the spec, in the order in which they were found.
  private(set) var placed: [SpecDiagnostic] = []
  /// Of files.
  private(set) var problems: [DataProblem] = []
  /// Of files that hold what a key of the spec does not list, by the key's place.
  private(set) var unlisted: [(mark: Mark, setting: String, files: [DataProblem])] = []
  /// What may be a mistake besides.
  private(set) var warnings: [DataProblem] = []

  var isEmpty: Bool { placed.isEmpty && problems.isEmpty && unlisted.isEmpty }

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
      if problem.line != nil {
        add(problem, setting, mark)
        continue
      }
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

  private mutating func add(_ problem: DataProblem, _ setting: String, _ mark: Mark) {
    if let place = unlisted.firstIndex(where: { $0.mark == mark && $0.setting == setting }) {
      if !unlisted[place].files.contains(problem) { unlisted[place].files.append(problem) }
    } else {
      unlisted.append((mark, setting, [problem]))
    }
  }

  /// One for each key that lists too little for many files, with the first of these.
  private var summaries: [(diagnostic: SpecDiagnostic, lines: [String])] {
    unlisted.filter { $0.files.count > 1 }.map { mark, setting, files in
      // Files of one data set mostly want the same done.
      let remedy = files[0].remedy.map { ": \($0)" } ?? ""
      let others = files.dropFirst().prefix(4).map { file in
        let list = URL(fileURLWithPath: file.file ?? "").lastPathComponent
        return file.line.map { "\(list):\($0)" } ?? list
      }
      let more = files.count - 1 - others.count
      return (
        SpecDiagnostic(
          "data.\(setting): \(Units.count(files.count, "mask")) hold what is not listed\(remedy)",
          at: mark),
        [
          "  \(files[0])",
          "  so do \(others.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : ""),
        ]
      )
    }
  }

  private var singles: [DataProblem] {
    problems + unlisted.filter { $0.files.count == 1 }.flatMap(\.files)
  }

  /// Everything, each with its place, for machines.
  var all: (placed: [SpecDiagnostic], problems: [DataProblem]) {
    (placed, problems + unlisted.flatMap(\.files))
  }

  /// As it is said, all at once.
  var description: String {
    let (summaries, singles) = (summaries, singles)
    let count = Units.count(placed.count + summaries.count + singles.count, "error")
    let lines =
      SpecErrors(placed).diagnostics.map(\.description)
      + summaries.flatMap { [$0.diagnostic.description] + $0.lines }
      + (singles.isEmpty ? [] : DataError(singles).lines(prefix: "error: "))
      + warnings.prefix(20).map { "warning: \($0)" }
    return (lines + ["\(count); nothing was run"]).joined(separator: "\n")
  }
}
