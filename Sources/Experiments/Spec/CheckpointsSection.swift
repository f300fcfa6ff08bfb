internal import Datasets
internal import Groundwork

/// `checkpoints`: how often the state of a training is kept, and how many of them.
struct CheckpointsSection: DeclaredSection, Hashable {
  var every = CheckpointInterval.evaluation
  /// The number of best checkpoints that are kept: 0 or 1.
  var keepBest = 1
  /// The number of latest checkpoints that are kept: 1.
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
        "The checkpoint of the latest evaluation."),
    ]
  }

  static let standard = CheckpointsSection()

  static let about =
    "Says how often the state of the training is kept, from which an interrupted run goes on."
  static let keys: [SpecKey<Self>] = [
    .standard(
      "every", \.every, .checkpointInterval, decides: .record,
      "The most that a killed training loses; between two evaluations as well. `evaluation` keeps at "
        + "each evaluation, and between two of them after every 10 minutes."),
    .standard(
      "keep", \.keep, Keep.form, shown: "both", decides: .record, "Which checkpoints stay."),
  ]
}

/// The interval between checkpoints, which may fall between two evaluations.
enum CheckpointInterval: Sendable, Hashable {
  /// At every evaluation, and between two of them after every ten minutes.
  case evaluation
  case training(TrainingInterval)
  /// Wall-clock time. It decides what is lost at most, and no result.
  case time(SpecDuration)

  /// Between checkpoints of the default.
  static let standardTime = SpecDuration(seconds: 600)

  /// As a spec writes it.
  var text: String {
    switch self {
    case .evaluation: Self.evaluationName
    case .training(let interval): interval.text
    case .time(let duration): duration.text
    }
  }

  fileprivate static let evaluationName = "evaluation"
}

extension Form<CheckpointInterval> {
  /// The word `evaluation`, a part of the training, or a time.
  fileprivate static var checkpointInterval: Form {
    let (interval, time) = (Form<TrainingInterval>.intervalOfTraining, Form<SpecDuration>.duration)
    let word = CheckpointInterval.evaluationName
    return Form(
      "\(word) | \(interval.words) | \(time.words)",
      .anyOf([.names([word]), interval.schema, time.schema]),
      read: { $0.checkpointInterval() }, write: { .text($0.text) })
  }
}

extension SpecValue {
  fileprivate func checkpointInterval() -> CheckpointInterval? {
    if node.scalar?.text == CheckpointInterval.evaluationName { return .evaluation }
    if let duration = durationIfWritten() { return .time(duration) }
    return interval(
      unit: decoder.trainingUnit,
      expectation: "must be evaluation, or like '1 epoch', '500 iterations' or '10 minutes'"
    ).map { .training($0) }
  }
}
