package import Execution
package import Learning
internal import Measurements

/// What happens while a network trains, in order: `prepared`, then again and again steps, the progress
/// of an evaluation and its end.
///
/// The validation data is evaluated after every epoch unless the spec says otherwise.
package enum TrainingEvent {
  case prepared(TrainingSummary, resumedSteps: Int)
  case stepped(StepReport)
  case evaluating(EvaluationProgress)
  /// What the evaluation measured, and access to the parameters, valid until the closure returns.
  case evaluationEnded(EvaluationReport, TrainingState)
}

package struct TrainingSummary: Sendable {
  package var parameterCount: Int
  package var trainingSamples: Int
  package var validationSamples: Int
  package var stepsPerEpoch: Int
  package var steps: Int
  package var evaluations: Int
  /// Bytes that the plans will use.
  package var memory: Int
}

package struct StepReport: Sendable {
  /// Steps done since the training began, this one included.
  package var step: Int
  package var steps: Int
  /// Whole epochs done plus the part of the one that runs.
  package var epoch: Double
  /// Weighted sum of the losses of this step.
  package var loss: Double
  package var learningRate: Double
  /// The images per second, smoothed over the last steps, data loading included.
  package var imagesPerSecond: Double
  /// Whether an evaluation follows.
  package var isBeforeEvaluation = false
}

package struct EvaluationProgress: Sendable {
  package var done: Int
  package var samples: Int
}

/// Everything that a continuation needs besides the spec: parameters, running statistics, the
/// optimizer's state and what the schedule remembers. Randomness has no state: it is a function of
/// seed and step.
package struct TrainingState {
  package var step: Int
  package var epoch: Double
  package var tensors: [StateTensor]
  /// `nil` at an evaluation.
  package var interval: IntervalProgress?
}
