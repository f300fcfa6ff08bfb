/// What numbering, naming and selecting runs take from one: a record, or what an index keeps of it.
package protocol ListedRun: NamedRun, QueriedRun, Sendable {
  /// The experiment that the record is of, wherever it lies.
  var home: String { get }
  /// Equal for copies of one record alone; `nil` where nothing has begun.
  var firstAttempt: String? { get }
  /// When the latest attempt began, UTC in RFC 3339, which sorts as text; `nil` before the first.
  var lastBegun: String? { get }
  /// The name that a person gave it.
  var ownName: String? { get }
  /// Those of the spec and its own.
  var tags: [String] { get }

  /// The same run under another objective; `nil` leaves its own.
  func judged(by objective: Objective?) -> Self

  /// The best of the runs; of each data where they were validated on several.
  static func bests(of runs: [Self]) -> BestRuns
}

/// The best of some runs.
package struct BestRuns: Sendable {
  /// More than one where runs were validated on different data, each with what tells its data.
  package var runs: [(place: RunPlace, data: String)]
  /// True where it is the classes that differ.
  package var differInClasses = false
}

extension BestRuns {
  init(_ ranking: Ranking) {
    self.init(
      runs: ranking.bests.map { ($0.place, ranking.data.label(of: $0)) },
      differInClasses: ranking.data.differsInClasses)
  }
}

extension RunRecord: ListedRun {
  /// A record whose spec cannot be read says nothing else than where it lies.
  package var home: String { trial.resolvedSpec.isEmpty ? experiment : trial.experiment }
  package var lastBegun: String? { attempts.last?.startedAt }
  package var ownName: String? { labels.name }

  package var firstAttempt: String? {
    attempts.first.map { attempt in
      var hash = StableHash()
      hash.combine(trial.resolvedSpec)
      hash.combine(trial.writtenSpec)
      return
        "\(attempt.startedAt) \(attempt.host) \(trial.experiment) \(trial.number) \(hash.value)"
    }
  }

  package func judged(by objective: Objective?) -> RunRecord {
    guard let objective, hasSettings, objective != trial.objective else { return self }
    var trial = trial
    trial.objective = objective
    var judged = RunRecord(
      id: id, experiment: experiment, number: number, trial: trial, status: status,
      history: history, checkpoints: checkpoints, attempts: attempts, result: result,
      damage: damage)
    (judged.tests, judged.labels, judged.labelsDamage) = (tests, labels, labelsDamage)
    (judged.isSuperseded, judged.filesDigest) = (isSuperseded, filesDigest)
    return judged
  }

  package static func bests(of runs: [RunRecord]) -> BestRuns { BestRuns(Ranking(runs)) }
}
