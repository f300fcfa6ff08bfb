internal import Datasets
internal import Groundwork

/// `checkpoints`: how often the state of a training is kept, and how many of them.
struct CheckpointsSection: Sendable, Hashable {
  var every = CheckpointInterval.evaluation
  /// The number of best checkpoints that are kept: 0 or 1.
  var keepBest = 1
  /// The number of latest checkpoints that are kept: 1. An interrupted run continues from the
  /// latest one.
  var keepLast = 1

  static func read(_ value: SpecValue, training: TrainingSection?) -> CheckpointsSection? {
    guard let keys = value.mapping() else { return nil }
    let standard = CheckpointsSection()
    return value.decoder.whole {
      let every =
        keys["every"].map { $0.checkpointInterval(unit: training?.duration) } ?? standard.every
      let keep = keys["keep"]?.mapping()
      let best = keep?["best"].map { $0.integer(in: 0...1) } ?? standard.keepBest
      let last = keep?["last"].map { $0.integer(in: 1...1) } ?? standard.keepLast
      keep?.finish()
      keys.finish()
      guard let every, let best, let last else { return nil }
      return CheckpointsSection(every: every, keepBest: best, keepLast: last)
    }
  }

  var canonical: CanonicalJSON {
    .object([
      "every": .text(every.text),
      "keep": .object(["best": .integer(keepBest), "last": .integer(keepLast)]),
    ])
  }
}

/// The interval between checkpoints, which may fall between two evaluations.
enum CheckpointInterval: Sendable, Hashable {
  /// At every evaluation, and between two of them after every ten minutes.
  case evaluation
  case training(TrainingInterval)
  /// Wall-clock time in seconds, at least one. It decides what is lost at most, and no result.
  case time(seconds: Int)

  /// Seconds between checkpoints of the default.
  static let standardSeconds = 600

  /// As a spec writes it.
  var text: String {
    switch self {
    case .evaluation: "evaluation"
    case .training(let interval): interval.text
    case .time(let seconds): SpecDuration(seconds: seconds).text
    }
  }
}

extension SpecValue {
  /// `evaluation`, a part of the training, or a time.
  fileprivate func checkpointInterval(unit: TrainingInterval?) -> CheckpointInterval? {
    if node.scalar?.text == "evaluation" { return .evaluation }
    if let duration = durationIfWritten() { return .time(seconds: duration.seconds) }
    return interval(
      unit: unit,
      expectation: "must be evaluation, or like '1 epoch', '500 iterations' or '10 minutes'"
    ).map { .training($0) }
  }
}
