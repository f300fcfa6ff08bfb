/// How a training is divided into steps, epochs and rounds.
struct TrainingSchedule: Sendable, Hashable {
  let stepsPerEpoch: Int
  let steps: Int
  let stepsPerRound: Int

  /// - Throws: ``TrainingError`` where a batch is larger than the training set.
  init(_ configuration: TrainingConfiguration, trainingSamples: Int) throws(TrainingError) {
    stepsPerEpoch = trainingSamples / configuration.batchSize
    guard stepsPerEpoch > 0 else {
      throw .batchLargerThanData(batch: configuration.batchSize, samples: trainingSamples)
    }
    steps =
      switch configuration.duration {
      case .epochs(let epochs): epochs * stepsPerEpoch
      case .iterations(let iterations): iterations
      }
    stepsPerRound =
      switch configuration.evaluateEvery {
      case .epochs(let epochs): epochs * stepsPerEpoch
      case .iterations(let iterations): iterations
      }
  }

  var rounds: Int { (steps + stepsPerRound - 1) / stepsPerRound }

  /// The steps of a round, 1 for the first: from the step done before it to its last.
  func steps(ofRound round: Int) -> Range<Int> {
    (round - 1) * stepsPerRound..<min(round * stepsPerRound, steps)
  }
}
