internal import Learning

/// How a training is divided into steps, epochs and rounds.
struct TrainingSchedule: Sendable, Hashable {
  let stepsPerEpoch: Int
  let steps: Int
  let stepsPerRound: Int

  /// - Throws: ``TrainingError`` where a step needs more than the training set, or where weights
  ///   would begin to be averaged behind the end.
  init(_ configuration: TrainingConfiguration, trainingSamples: Int) throws(TrainingError) {
    stepsPerEpoch = trainingSamples / configuration.imagesPerStep
    guard stepsPerEpoch > 0 else {
      throw .batchLargerThanData(
        batch: configuration.batchSize, iterSize: configuration.batchesPerStep,
        samples: trainingSamples)
    }
    steps =
      switch configuration.duration {
      case .epochs(let epochs): epochs * stepsPerEpoch
      case .iterations(let iterations): iterations
      }
    if let averaging = configuration.averaging,
      !averaging.hasBegun(afterSteps: steps, stepsPerEpoch: stepsPerEpoch)
    {
      throw .averagingNeverBegins(steps: steps)
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
