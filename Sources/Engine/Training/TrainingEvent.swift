/// What happens while a network trains, in order: `prepared`, then for every round steps,
/// evaluation and `roundEnded`.
///
/// A *round* is what lies between two evaluations: one epoch unless the spec says otherwise.
package enum TrainingEvent {
  case prepared(TrainingSummary, resumedRounds: Int)
  case stepped(StepReport)
  case evaluated(EvaluationProgress)
  /// The round's figures, and access to the parameters, valid until the closure returns.
  case roundEnded(RoundReport, TrainingState)
}

/// The answer to an event.
package enum Control: Sendable {
  case proceed
  /// Leave the training as it is; what the last `roundEnded` reported is where to continue.
  case stop
}

package struct TrainingSummary: Sendable {
  package var parameterCount: Int
  package var trainingSamples: Int
  package var validationSamples: Int
  package var stepsPerEpoch: Int
  package var steps: Int
  package var rounds: Int
  /// Bytes that the plans will use.
  package var memory: Int
}

package struct StepReport: Sendable {
  /// Steps done since the training began, this one included.
  package var step: Int
  package var steps: Int
  package var round: Int
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

/// The figures of one round.
package struct RoundReport: Sendable {
  /// 1 for the first.
  package var round: Int
  package var step: Int
  package var epoch: Double
  /// Of the round's last step.
  package var learningRate: Double
  /// Mean over the round's steps: the weighted sum, and each loss unweighted.
  package var trainingLoss: Double
  package var trainingLosses: [NamedLoss]
  /// The same for the validation data, each loss the mean over all labelled pixels or over all
  /// images (``EvaluatedLosses``); NaN where there is nothing that it is of.
  package var validationLoss: Double
  package var validationLosses: [NamedLoss]
  /// The weights at the round's last step, of losses whose weight changes.
  package var lossWeights: [NamedLoss] = []
  package var confusion: ConfusionMatrix
  /// One digest of the bits of every parameter and of every running statistic, as evaluated and,
  /// where that is another, as trained; their names are ``TrainingLoop/digestedTensors``.
  package var digests: [UInt64]
  package var trainingSeconds: Double
  package var evaluationSeconds: Double
  package var isLast: Bool
  /// Of the metrics that are asked for, in their order.
  package var metrics: [NamedMetric] = []
  /// `nil` where they are not asked for.
  package var worstImages: WorstImages?
  /// What means over classes make of those that do not occur.
  package var absentClasses = AbsentClasses.cityscapes
  /// `[K]`: what figures of single classes are named by.
  package var classNames: [String] = []

  /// What follows from the counts.
  package var segmentation: SegmentationMetrics {
    SegmentationMetrics(confusion, absentClasses: absentClasses)
  }
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
  package var round: Int
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
