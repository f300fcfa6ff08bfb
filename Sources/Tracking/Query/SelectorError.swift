/// Why a selector does not lead to runs, and what to write instead.
public enum SelectorError: Error, Sendable, Hashable {
  /// The text follows no form of the grammar.
  case malformed(String, reason: String)
  /// The text is meant to name one run but fits several.
  case ambiguous(String, candidates: [RunPlace])
  /// Neither an experiment nor a run is called so.
  /// - Parameters:
  ///   - nearest: experiments that may have been meant, the nearest first.
  ///   - existing: every experiment there is.
  case unknown(String, nearest: [String], existing: [String])
  case noTrial(Int, of: String, numbers: [Int])
  /// `@last`, but no run has begun.
  case nothingBegun
  /// `@best:`, but no round of any run has the figure that the objective names.
  case nothingMeasured(String)

  /// Whether the text could mean something, and only nothing is there for it: not a mistake in
  /// usage.
  public var isNothingMatched: Bool {
    switch self {
    case .malformed, .ambiguous: false
    case .unknown, .noTrial, .nothingBegun, .nothingMeasured: true
    }
  }

  static func noExperiment(_ name: String, in runs: [RunRecord]) -> SelectorError {
    let existing = Set(runs.map(\.experiment)).sorted()
    return .unknown(name, nearest: NearestNames.of(name, among: existing), existing: existing)
  }
}

extension SelectorError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let text, let reason): "'\(text)' selects no run: \(reason)"
    case .ambiguous(let text, let candidates):
      "'\(text)' fits \(candidates.count) runs; give more of the id, or experiment/number:\n"
        + Self.list(candidates.map(\.description), limit: 8, separator: "\n", indent: "  ")
    case .unknown(let name, let nearest, let existing):
      "no experiment or run is called '\(name)'; " + Self.hint(nearest, existing)
    case .noTrial(let number, let experiment, let numbers):
      "\(experiment) has no trial \(number); there is \(NumberRanges.text(numbers))"
    case .nothingBegun: "no run has begun yet; begin with: experiments run <spec>"
    case .nothingMeasured(let experiment):
      "no run of \(experiment) has a figure to be judged by yet"
    }
  }

  private static func hint(_ nearest: [String], _ existing: [String]) -> String {
    if existing.isEmpty { return "nothing has been recorded yet" }
    if !nearest.isEmpty {
      return "did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
    }
    return "there is \(list(existing, limit: 8, separator: ", ", indent: ""))"
  }

  private static func list(
    _ items: [String], limit: Int, separator: String, indent: String
  ) -> String {
    var shown = items.prefix(limit).map { indent + $0 }
    if items.count > limit { shown.append("\(indent)and \(items.count - limit) more") }
    return shown.joined(separator: separator)
  }
}
