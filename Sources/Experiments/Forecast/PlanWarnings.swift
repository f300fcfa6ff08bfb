internal import Datasets
internal import Measurements
internal import Tracking

/// What a plan may do but is hardly meant to: `check` and `run` say it, each thing once, with its
/// place in the spec, and go on.
struct PlanWarnings: Sendable {
  private(set) var warnings: [Warning] = []
  /// The places of `warnings`, by what makes two of them one.
  private var known: [Key: Int] = [:]

  struct Warning: Sendable {
    let diagnostic: SpecDiagnostic
    /// The number of the plan's first trial that it is about, and how many there are.
    let firstTrial: Int
    fileprivate(set) var trials = 1
  }

  private struct Key: Hashable {
    let mark: Mark
    let message: String
  }

  init() {}

  /// What was found while the specs of the trials were read.
  init(of plan: TrialPlan) { addFindings(of: plan) }

  /// Adds a warning that is about one trial.
  ///
  /// - Parameters:
  ///   - code: the kind of warning.
  ///   - message: what is so, alike for all trials that it is true of.
  ///   - detail: what follows from it, which may be another for every trial; that of the first one
  ///     is shown.
  ///   - path: the path of the value that the warning is about, as ``SpecPath`` names it.
  mutating func add(
    _ code: DiagnosticCode, _ message: String, detail: String? = nil, remedy: String? = nil,
    at path: SpecPath,
    of trial: Trial, in plan: TrialPlan
  ) {
    let mark = plan.places[path, trial]
    add(
      SpecDiagnostic(
        code, message + (detail.map { ": \($0)" } ?? ""), at: mark, remedy: remedy),
      as: Key(mark: mark, message: message), of: trial)
  }

  /// Adds what was found while the specs of the trials were read.
  mutating func addFindings(of plan: TrialPlan) {
    for trial in plan.trials {
      for finding in plan.warnings[trial.record.point] + plan.sweepWarnings {
        add(finding, as: Key(mark: finding.mark, message: finding.message), of: trial)
      }
    }
  }

  private mutating func add(_ diagnostic: SpecDiagnostic, as key: Key, of trial: Trial) {
    if let index = known[key] {
      warnings[index].trials += 1
      return
    }
    known[key] = warnings.count
    warnings.append(Warning(diagnostic: diagnostic, firstTrial: trial.record.number))
  }

  /// The warnings in the order of the file.
  var inOrder: [Warning] {
    warnings.enumerated().sorted { left, right in
      let (first, second) = (left.element.diagnostic.mark, right.element.diagnostic.mark)
      if Mark.isBefore(first, second) { return true }
      return Mark.isBefore(second, first) ? false : left.offset < right.offset
    }.map(\.element)
  }

  /// Prints all of them, or the first ones and how many are left.
  func say(on screen: Screen) {
    let shown = inOrder.prefix(Self.maximumShown)
    for warning in shown { screen.print(warning.diagnostic.description) }
    if warnings.count > shown.count {
      screen.print("… and \(Units.count(warnings.count - shown.count, "more warning"))")
    }
  }

  private static let maximumShown = 50
}

extension PlanWarnings: Encodable {
  private enum Keys: String, CodingKey {
    case code, place, message, remedy, firstTrial, trials
  }

  /// As `check --json` prints them.
  func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    for warning in inOrder {
      var entry = list.nestedContainer(keyedBy: Keys.self)
      try entry.encode(warning.diagnostic.code, forKey: .code)
      try entry.encode(warning.diagnostic.mark.place, forKey: .place)
      try entry.encode(warning.diagnostic.message, forKey: .message)
      try entry.encodeIfPresent(warning.diagnostic.remedy, forKey: .remedy)
      try entry.encode(warning.firstTrial, forKey: .firstTrial)
      try entry.encode(warning.trials, forKey: .trials)
    }
  }
}
