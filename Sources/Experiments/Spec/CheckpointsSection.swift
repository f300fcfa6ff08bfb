internal import Datasets
internal import Groundwork

/// `checkpoints`: how often the state of a training is kept, and how many of them.
struct CheckpointsSection: Sendable, Hashable {
  /// The interval between checkpoints, a multiple of the evaluation's interval.
  var every: TrainingInterval
  /// The number of best checkpoints that are kept: 0 or 1.
  var keepBest: Int
  /// The number of latest checkpoints that are kept: 1. An interrupted run continues from the
  /// latest one.
  var keepLast: Int

  /// The default: a checkpoint after every evaluation, the best and the latest kept.
  static func standard(for evaluation: EvaluationSection) -> CheckpointsSection {
    CheckpointsSection(every: evaluation.every, keepBest: 1, keepLast: 1)
  }

  static func read(
    _ value: SpecValue, training: TrainingSection?, evaluation: EvaluationSection?
  ) -> CheckpointsSection? {
    guard let keys = value.mapping() else { return nil }
    let standard = standard(for: evaluation ?? .standard)
    return value.decoder.whole {
      let every = keys["every"].map { $0.interval(unit: training?.duration) } ?? standard.every
      let keep = keys["keep"]?.mapping()
      let best = keep?["best"].map { $0.integer(in: 0...1) } ?? standard.keepBest
      let last = keep?["last"].map { $0.integer(in: 1...1) } ?? standard.keepLast
      keep?.finish()
      keys.finish()
      guard let every, let best, let last else { return nil }
      return CheckpointsSection(every: every, keepBest: best, keepLast: last)
    }
  }

  /// Evaluations from one checkpoint to the next; `nil` where a checkpoint would fall between two.
  func evaluations(of evaluation: EvaluationSection) -> Int? {
    switch (every, evaluation.every) {
    case (.epochs(let checkpoint), .epochs(let interval)),
      (.iterations(let checkpoint), .iterations(let interval)):
      checkpoint.isMultiple(of: interval) ? checkpoint / interval : nil
    default: nil
    }
  }

  var canonical: CanonicalJSON {
    .object([
      "every": .text(every.text),
      "keep": .object(["best": .integer(keepBest), "last": .integer(keepLast)]),
    ])
  }
}
