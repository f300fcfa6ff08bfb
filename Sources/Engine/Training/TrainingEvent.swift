package import Measurements

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

/// The answer to an event.
package enum Control: Sendable {
  case proceed
  /// Leave the training as it is; what the last `evaluationEnded` reported is where to continue.
  case stop
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
  /// Of the last steps, data loading included.
  package var imagesPerSecond: Double
}

package struct EvaluationProgress: Sendable {
  package var done: Int
  package var samples: Int
}

/// What one evaluation measured, and the training before it.
package struct EvaluationReport: Sendable {
  /// Steps done.
  package var step: Int
  package var epoch: Double
  /// Metrics first, then losses, learning rate and times.
  package var measurements: [Measurement]
  /// One digest of the bits of every parameter and of every running statistic, as evaluated and,
  /// where that is another, as trained; their names are ``TrainingLoop/digestedTensors``.
  package var digests: [UInt64]
  package var isLast: Bool

  package var point: EvaluationPoint { EvaluationPoint(step: step, epoch: epoch) }

  /// The value of that name, of the whole validation data or of a class: NaN where it means nothing,
  /// `nil` where the evaluation has none.
  package func value(of name: String) -> Double? { measurements.value(of: name) }
}

package struct NamedLoss: Sendable, Hashable {
  package var name: String
  package var value: Double
  package init(name: String, value: Double) {
    self.name = name
    self.value = value
  }
}

/// Everything that a continuation needs besides the spec: parameters, running statistics, the
/// solver's slots and what the schedule remembers. Randomness has no state: it is a function of
/// seed and step.
package struct TrainingState {
  package var step: Int
  package var epoch: Double
  package var tensors: [StateTensor]
}

/// A tensor of the training state, borrowed.
package struct StateTensor {
  package enum Role: Sendable, Hashable {
    case parameter
    /// Batch norm's running mean and variance; as parameters, those that are evaluated.
    case statistic
    /// A slot of the solver for the parameter of the same name, e.g. `momentum`.
    case solver(slot: String)
    /// What the schedule of that name remembers.
    case schedule
    /// Parameters and running statistics as they are trained, where the network's own are averages
    /// of them.
    case trainedParameter
    case trainedStatistic
  }
  package var role: Role
  /// As the network names it, e.g. `encoder0.convolution0.weight`.
  package var name: String
  package var shape: [Int]
  package var values: UnsafeBufferPointer<Float>
}
