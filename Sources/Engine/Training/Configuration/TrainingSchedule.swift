internal import Learning
internal import Measurements

/// How a training is divided into steps, epochs and evaluations.
struct TrainingSchedule: Sendable, Hashable {
  let stepsPerEpoch: Int
  let steps: Int
  let stepsPerEvaluation: Int

  /// - Throws: ``TrainingError`` where a step needs more than the training set, or where weights
  ///   would begin to be averaged behind the end.
  init(_ configuration: TrainingConfiguration, trainingSamples: Int) throws(TrainingError) {
    stepsPerEpoch = trainingSamples / configuration.imagesPerStep
    guard stepsPerEpoch > 0 else {
      throw .batchLargerThanData(
        batch: configuration.batchSize, iterSize: configuration.optimization.batchesPerStep,
        samples: trainingSamples)
    }
    steps =
      switch configuration.duration {
      case .epochs(let epochs): epochs * stepsPerEpoch
      case .iterations(let iterations): iterations
      }
    if let averaging = configuration.optimization.averaging,
      !averaging.hasBegun(afterSteps: steps, stepsPerEpoch: stepsPerEpoch)
    {
      throw .averagingNeverBegins(steps: steps)
    }
    stepsPerEvaluation =
      switch configuration.evaluation.every {
      case .epochs(let epochs): epochs * stepsPerEpoch
      case .iterations(let iterations): iterations
      }
  }

  var evaluations: Int { (steps + stepsPerEvaluation - 1) / stepsPerEvaluation }

  /// Where an evaluation stands, 1 for the first; 0 is the beginning of the training.
  func point(ofEvaluation number: Int) -> EvaluationPoint {
    let step = min(number * stepsPerEvaluation, steps)
    return EvaluationPoint(step: step, epoch: Double(step) / Double(stepsPerEpoch))
  }

  /// How many evaluations were made when so many steps were done; `nil` where none is made then.
  func evaluations(afterSteps step: Int) -> Int? {
    if step == steps { return evaluations }
    return step.isMultiple(of: stepsPerEvaluation) ? step / stepsPerEvaluation : nil
  }
}
