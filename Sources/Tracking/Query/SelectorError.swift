/// Why a selector does not lead to runs, and what to write instead.
package enum SelectorError: Error, Sendable, Hashable {
  /// The text follows no form of the grammar.
  case malformed(String, reason: String)
  /// The text is meant to name one run but fits several, each by what selects it alone.
  case ambiguous(String, candidates: [Candidate])
  /// Neither an experiment nor a run is called so.
  /// - Parameters:
  ///   - nearest: experiments that may have been meant, the nearest first.
  ///   - existing: every experiment there is.
  case unknown(String, nearest: [String], existing: [String])
  /// No run has the tag.
  case unknownTag(String, nearest: [String], existing: [String])
  /// No run is called so.
  case unknownName(String, nearest: [String], existing: [String])
  /// An experiment has no trial of that number, name or id.
  /// - Parameter nearest: names of its runs that may have been meant.
  case noTrial(String, of: String, numbers: [Int], nearest: [String])
  /// `@last`, but no run has begun.
  case nothingBegun
  /// `@best:`, but no evaluation of any run has the value that the objective names.
  case nothingMeasured(String)
  /// `@best:`, but runs were validated on different data or classes, which ranks none above the
  /// others.
  case differentlyValidated(String, bests: [BestOfData], inClasses: Bool)
  /// One run is needed, and the text means several.
  case severalRuns(String, names: [String])
  /// A run does not keep the checkpoint that is asked for.
  /// - Parameters:
  ///   - of: the name of the run.
  ///   - kept: the names of its checkpoints.
  case noCheckpoint(String, of: String, kept: [String])

  /// A run that was perhaps meant.
  package struct Candidate: Sendable, Hashable {
    package let name: String
    package let id: String
  }

  /// The best of the runs that were validated alike.
  package struct BestOfData: Sendable, Hashable {
    package let data: String
    package let run: String
  }

  /// True where the text could mean something, and only nothing is there for it: not a mistake in
  /// usage.
  package var isNothingMatched: Bool {
    switch self {
    case .malformed, .ambiguous, .differentlyValidated, .severalRuns: false
    case .unknown, .unknownTag, .unknownName, .noTrial, .nothingBegun, .nothingMeasured,
      .noCheckpoint:
      true
    }
  }

  static func ambiguous(_ text: String, candidates runs: [some ListedRun]) -> SelectorError {
    .ambiguous(text, candidates: runs.map { Candidate(name: $0.name, id: $0.id) })
  }

  static func differentData(
    _ experiment: String, bests: [(data: String, run: String)], inClasses: Bool
  ) -> SelectorError {
    .differentlyValidated(
      experiment, bests: bests.map { BestOfData(data: $0.data, run: $0.run) },
      inClasses: inClasses)
  }

  static func noExperiment(_ name: String, in runs: [some ListedRun]) -> SelectorError {
    let existing = Set(runs.map(\.experiment)).sorted()
    let names = Set(runs.compactMap(\.ownName)).sorted()
    return .unknown(
      name, nearest: NearestNames.of(name, among: existing + names), existing: existing)
  }
}

extension SelectorError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let text, let reason): "'\(text)' selects no run: \(reason)"
    case .ambiguous(let text, let candidates):
      "'\(text)' fits \(candidates.count) runs; give one of these names:\n"
        + Self.list(
          candidates.map { "\($0.name) (id \($0.id))" }, limit: 8, separator: "\n", indent: "  ")
    case .unknown(let name, let nearest, let existing):
      "no experiment or run is called '\(name)'; " + Self.hint(nearest, existing)
    case .unknownTag(let tag, let nearest, let existing):
      "no run has the tag '\(tag)'; "
        + (existing.isEmpty ? "no run has any" : Self.hint(nearest, existing))
    case .unknownName(let name, let nearest, let existing):
      "no run has the name '\(name)'; "
        + (existing.isEmpty
          ? "give it one with: experiments name RUN \(name)" : Self.hint(nearest, existing))
    case .noTrial(let member, let experiment, _, let nearest) where !nearest.isEmpty:
      "\(experiment) has no trial \(member); "
        + "did you mean \(nearest.map { "'\(experiment)/\($0)'" }.joined(separator: " or "))?"
    case .noTrial(let member, let experiment, let numbers, _):
      "\(experiment) has no trial \(member); "
        + (numbers.isEmpty
          ? "list its runs with: experiments ls \(experiment)"
          : "there is \(NumberRanges.text(numbers))")
    case .nothingBegun: "no run has begun yet; begin with: experiments run <spec>"
    case .nothingMeasured(let experiment):
      "no run of \(experiment) has a value to be judged by yet"
    case .differentlyValidated(let experiment, let bests, let inClasses):
      "the runs of \(experiment) were validated "
        + (inClasses ? "with different class lists" : "on different data")
        + ", so none is the best of all; name the best of those that were validated alike:\n"
        + Self.list(
          bests.map { "\($0.run) (\(inClasses ? "classes" : "data") \($0.data))" }, limit: 8,
          separator: "\n", indent: "  ")
    case .severalRuns(let text, let names):
      "'\(text)' is \(names.count) runs; name one of them: "
        + Self.list(names, limit: 8, separator: ", ", indent: "")
    case .noCheckpoint(let checkpoint, let run, let kept):
      "\(run) keeps no checkpoint '\(checkpoint)'; "
        + (kept.isEmpty
          ? "it has none at all: train it until its first evaluation, with checkpoints.keep in its spec"
          : "there is \(kept.map { "\(run)@\($0)" }.joined(separator: " and "))")
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
