internal import Datasets
internal import Groundwork

/// `checkpoints`: how often the state of a training is kept, and how many of them.
struct CheckpointsSection: DeclaredSection, Hashable {
  /// The interval between checkpoints, a multiple of the evaluation's interval.
  var every: TrainingInterval
  /// The number of best checkpoints that are kept: 0 or 1.
  var keepBest = 1
  /// The number of latest checkpoints that are kept: 1. An interrupted run continues from the
  /// latest one.
  var keepLast = 1

  private var keep: Keep {
    get { Keep(best: keepBest, last: keepLast) }
    set { (keepBest, keepLast) = (newValue.best, newValue.last) }
  }

  private struct Keep: DeclaredSection {
    var best = 1
    var last = 1

    static let standard = Keep()

    static let about = "Says which checkpoints stay."
    static let keys: [SpecKey<Self>] = [
      .standard(
        "best", \.best, .integer(in: 0...1), decides: .record,
        "The checkpoint with the best objective."),
      .standard(
        "last", \.last, .integer(in: 1...1), decides: .record,
        "The latest checkpoint, from which an interrupted run goes on."),
    ]
  }

  /// A checkpoint after every evaluation, the best and the latest kept.
  static func standard(for evaluation: EvaluationSection) -> CheckpointsSection {
    CheckpointsSection(every: evaluation.every)
  }

  static let standard: CheckpointsSection = standard(for: EvaluationSection.standard)
  static func standard(in decoder: SpecDecoder) -> Self {
    CheckpointsSection(every: decoder.evaluationInterval)
  }

  static let about = "Says how often the weights are kept."
  static let keys: [SpecKey<Self>] = [
    .standard(
      "every", \.every, .intervalOfTraining, shown: "evaluation.every", decides: .record,
      "A multiple of `evaluation.every`."),
    .standard(
      "keep", \.keep, Keep.form, shown: "both", decides: .record, "Which checkpoints stay."),
  ]

  /// Evaluations from one checkpoint to the next; `nil` where a checkpoint would fall between two.
  func evaluations(of evaluation: EvaluationSection) -> Int? {
    switch (every, evaluation.every) {
    case (.epochs(let checkpoint), .epochs(let interval)),
      (.iterations(let checkpoint), .iterations(let interval)):
      checkpoint.isMultiple(of: interval) ? checkpoint / interval : nil
    default: nil
    }
  }
}
