internal import Datasets
import Foundation
internal import Tracking

/// What is wrong with the data of a plan: at its place in the spec where a key is at fault, else in the
/// file that is.
struct DataDiagnostics: Error, CustomStringConvertible {
  /// The problems of keys of the spec, in the order in which they were found.
  private(set) var placed: [SpecDiagnostic] = []
  /// The problems of files, in the order in which they were found.
  private(set) var problems: [DataProblem] = []
  /// The index in `groups` for each of `problems`; `nil` for one that belongs to no group.
  private var memberships: [Int?] = []
  private var groups: [Group] = []
  /// The warnings: what may be a mistake as well.
  private(set) var warnings: [DataProblem] = []

  /// What is wrong with many files alike, at the key of the spec that it is about.
  private struct Group {
    let mark: Mark
    let setting: String
    /// What they have in common; `nil` for masks that hold what the key does not list.
    let kind: String?
    var files: [DataProblem] = []

    /// True where the problem is said once for all of its files.
    var isSummarised: Bool { files.count > (kind == nil ? 1 : 5) }
  }

  var isEmpty: Bool { placed.isEmpty && problems.isEmpty }

  /// True where it was the system that refused, which says nothing of the data.
  var isOfTheSystem: Bool { DataError(problems).isOfTheSystem }

  /// True where more than 100 problems were found, which is enough to show.
  var isLong: Bool { placed.count + problems.count > 100 }

  mutating func add(_ error: DataError, of trial: Trial, in plan: TrialPlan) {
    let lists = trial.listSettings
    for problem in error.problems {
      guard problem.line != nil || problem.isOfSample || problem.setting == nil else {
        place(problem, plan.places[Self.path(of: problem.setting ?? ""), trial])
        continue
      }
      guard !problems.contains(problem) else { continue }
      problems.append(problem)
      let kind = problem.setting == nil ? problem.kind : nil
      guard
        let setting = problem.setting ?? problem.kind.flatMap({ _ in lists[problem.file ?? ""] })
      else {
        memberships.append(nil)
        continue
      }
      let mark = plan.places[Self.path(of: setting), trial]
      let known = groups.firstIndex {
        $0.mark == mark && $0.setting == setting && $0.kind == kind
      }
      if known == nil { groups.append(Group(mark: mark, setting: setting, kind: kind)) }
      let group = known ?? groups.count - 1
      groups[group].files.append(problem)
      memberships.append(group)
    }
    for warning in error.warnings where !warnings.contains(warning) { warnings.append(warning) }
  }

  /// - Parameter setting: a key of `data`, or with `.` between them the way to a value inside it.
  private static func path(of setting: String) -> SpecPath {
    SpecPath(components: ["data"]).appending(field: setting)
  }

  private mutating func place(_ problem: DataProblem, _ mark: Mark) {
    let diagnostic = SpecDiagnostic(
      DiagnosticCode(problem), "data.\(problem.setting ?? ""): \(problem)", at: mark,
      remedy: Self.remedy(for: problem))
    if !placed.contains(diagnostic) { placed.append(diagnostic) }
  }

  /// A file beside one that is missing which may have been meant.
  private static func remedy(for problem: DataProblem) -> String? {
    guard let file = problem.file, !FileManager.default.fileExists(atPath: file) else { return nil }
    let url = URL(fileURLWithPath: file)
    let folder = url.deletingLastPathComponent().path
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      return missing(folder: url.deletingLastPathComponent())
    }
    return NearestName.of(url.lastPathComponent, among: names.sorted())
      .map { "did you mean '\($0)'?" }
  }

  /// The first folder on the way that is not there, and what was perhaps meant by it.
  private static func missing(folder: URL) -> String {
    var missing = folder
    while missing.path != "/", !Path.isFolder(missing.deletingLastPathComponent().path) {
      missing.deleteLastPathComponent()
    }
    let there = missing.deletingLastPathComponent().path
    let folders = ((try? FileManager.default.contentsOfDirectory(atPath: there)) ?? [])
      .filter { Path.isFolder("\(there)/\($0)") }
    let near = NearestName.of(missing.lastPathComponent, among: folders.sorted())
    return "there is no folder \(missing.path)"
      + (near.map { "; did you mean '\($0)'?" } ?? "")
  }

  /// One for each group that is said once, with the first of its files.
  private var summaries: [(diagnostic: SpecDiagnostic, lines: [String])] {
    groups.filter(\.isSummarised).map { group in
      let files = group.files
      // Files of one data set mostly want the same done.
      let remedy = files[0].remedy.map { ": \($0)" } ?? ""
      let what =
        group.kind.map {
          "\(Units.count(files.count, files[0].line == nil ? "sample" : "line")): \($0)"
        }
        ?? "\(Units.count(files.count, "mask")) hold what is not listed\(remedy)"
      // What no line names shows in the first.
      let others = files.dropFirst().filter { $0.line != nil }.prefix(4).map { file in
        let list = URL(fileURLWithPath: file.file ?? "").lastPathComponent
        return file.line.map { "\(list):\($0)" } ?? list
      }
      let more = files.count - 1 - others.count
      let rest =
        others.isEmpty
        ? "so do \(more) more"
        : "so do \(others.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : "")
      return (
        SpecDiagnostic(
          DiagnosticCode(files[0]), "data.\(group.setting): \(what)", at: group.mark),
        [
          "  \(files[0])",
          "  \(rest)",
        ]
      )
    }
  }

  /// The problems that are said one by one.
  private var singles: [DataProblem] {
    zip(problems, memberships).filter { $1.map { !groups[$0].isSummarised } ?? true }.map(\.0)
  }

  /// The text with everything that is wrong.
  var description: String {
    let (summaries, singles) = (summaries, singles)
    let count = Units.count(placed.count + summaries.count + singles.count, "error")
    let lines =
      SpecErrors(placed).diagnostics.map(\.description)
      + summaries.flatMap { [$0.diagnostic.description] + $0.lines }
      + (singles.isEmpty ? [] : DataError(singles).lines { "\(DiagnosticCode($0).label): " })
      + warnings.prefix(20).map { "\(DiagnosticCode.oddData.label): \($0)" }
    return (lines + ["\(count); nothing was run"]).joined(separator: "\n")
  }
}

extension Trial {
  /// The keys of `data` that name lists, by the lists' paths.
  fileprivate var listSettings: [String: String] {
    guard case .lists(let train, let validation) = dataConfiguration(generatedFolder: "").source
    else { return [:] }
    func names(_ sources: SampleSources) -> [String] {
      sources.parts.map { part in
        switch part.list {
        case .file(let path): path
        case .pairs(let pairs): pairs.images[0]
        }
      }
    }
    var settings = Dictionary(names(train).map { ($0, "train") }) { $1 }
    if case .list(let sets) = validation {
      for name in sets.sets.flatMap({ names($0.sources) }) where settings[name] == nil {
        settings[name] = "validation"
      }
    }
    return settings
  }
}
