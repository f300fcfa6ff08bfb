package import Groundwork

/// Everything that is wrong with a data set: found in one pass, so that it can be mended in one.
package struct DataError: Error, Sendable, Hashable, CustomStringConvertible {
  /// In the order of the lists; never empty.
  package let problems: [DataProblem]
  /// What may be a mistake besides.
  package let warnings: [DataProblem]

  package init(_ problems: [DataProblem], warnings: [DataProblem] = []) {
    self.problems = problems
    self.warnings = warnings
  }

  package init(_ problem: DataProblem) { self.init([problem]) }

  /// With problems of no line and no sample as those of a key of `data`.
  package func inside(_ key: String) -> DataError {
    DataError(problems.map { $0.inside(key) }, warnings: warnings)
  }

  /// True where it was the system that refused, which says nothing of the data.
  package var isOfTheSystem: Bool { problems.contains { $0.isOfTheSystem } }

  /// One line a problem: the first twenty, and how many more there are.
  package var description: String { lines { _ in "" }.joined(separator: "\n") }

  /// The same lines, each problem's behind what `prefix` has for it.
  package func lines(prefix: (DataProblem) -> String) -> [String] {
    let shown = problems.prefix(20).map { prefix($0) + $0.description }
    let more = problems.count - shown.count
    return shown + (more > 0 ? ["… and \(more) more problems of the data"] : [])
  }
}

/// One thing that is wrong, with its place and, where there is one, the remedy.
package struct DataProblem: Sendable, Hashable, CustomStringConvertible {
  /// The list or names file, or `nil` where the configuration is at fault.
  package let file: String?
  /// From 1.
  package let line: Int?
  package let message: String
  /// The key of `data` that is at fault, `train` or `classes`; where there is a line too, the key that
  /// says less than the file there holds. `nil` where a file alone is at fault.
  package let setting: String?
  /// What to do, as the message ends, where it is the same for all files of its kind.
  package internal(set) var remedy: String?
  /// What is wrong without the names of files: what many files may have in common.
  package internal(set) var kind: String?
  /// True where it is a sample that is at fault, whether a line of a file names it or not.
  package var isOfSample = false
  /// True where the system refused something.
  package var isOfTheSystem = false

  package init(
    file: String? = nil, line: Int? = nil, setting: String? = nil, _ message: String
  ) {
    self.file = file
    self.line = line
    self.setting = setting
    self.message = Self.readable(message)
  }

  /// The same as the fault of a key of `data`.
  package func of(setting: String?) -> DataProblem {
    var problem = DataProblem(file: file, line: line, setting: setting, message)
    (problem.isOfTheSystem, problem.remedy, problem.kind) = (isOfTheSystem, remedy, kind)
    problem.isOfSample = isOfSample
    return problem
  }

  /// The same inside a key of `data`, or inside a place of its list, unless a line or a sample is at
  /// fault: `train` and then `masks` of it.
  func inside(_ key: String) -> DataProblem {
    guard line == nil, !isOfSample else { return self }
    return of(setting: key + (setting.map { ".\($0)" } ?? ""))
  }

  /// What lists hold may be of any length and steer a terminal.
  private static func readable(_ message: String) -> String {
    guard message.utf8.count > longest || message.unicodeScalars.contains(where: \.isControl) else {
      return message
    }
    let (start, end) = (message.utf8.prefix(longest / 2), message.utf8.suffix(longest / 2))
    let isWhole = message.utf8.count <= longest
    let shown = isWhole ? message : "\(Substring(start)) … \(Substring(end))"
    return String(
      String.UnicodeScalarView(shown.unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 }))
  }

  /// In bytes.
  private static let longest = 1000

  package var description: String {
    guard let file else { return message }
    return line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { properties.generalCategory == .control }
}

extension DataError {
  package init(_ refusal: SystemThreadError) {
    var problem = DataProblem(refusal.description)
    problem.isOfTheSystem = true
    self.init(problem)
  }
}

/// Problems in their order, each once: files that belong to several samples have them several times.
struct ProblemList {
  private(set) var all: [DataProblem] = []
  private var known: Set<DataProblem> = []

  mutating func add(_ problems: [DataProblem]) {
    for problem in problems where known.insert(problem).inserted { all.append(problem) }
  }
}
