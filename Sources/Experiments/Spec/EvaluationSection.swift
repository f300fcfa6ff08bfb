internal import Engine

/// `evaluation`: how often the validation data is looked at. What lies between two looks is a
/// round.
struct EvaluationSection: Sendable, Hashable {
  var every: TrainingConfiguration.Interval
  var batchSize: Int

  static let standard = EvaluationSection(every: .epochs(1), batchSize: 4)

  /// - Parameter training: whose unit a bare number has.
  static func read(_ value: SpecValue, training: TrainingSection?) -> EvaluationSection? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let every = keys["every"].map { $0.interval(unit: training?.duration) } ?? standard.every
      let batchSize =
        keys["batch_size"].map { $0.integer(in: 1...TrainingSection.maximumBatchSize) }
        ?? standard.batchSize
      keys.finish()
      guard let every, let batchSize else { return nil }
      return EvaluationSection(every: every, batchSize: batchSize)
    }
  }

  var canonical: CanonicalJSON {
    .object(["every": .text(every.text), "batch_size": .integer(batchSize)])
  }
}
