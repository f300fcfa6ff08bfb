/// What happens while a network trains, in order: `prepared`, then for every round steps,
/// evaluation and `roundEnded`.
///
/// A *round* is what lies between two evaluations: one epoch unless the spec says otherwise.
public enum TrainingEvent {
  case prepared(TrainingSummary, resumedRounds: Int)
  case stepped(StepReport)
  case evaluated(EvaluationProgress)
  /// The round's figures, and access to the parameters, valid until the closure returns.
  case roundEnded(RoundReport, TrainingState)
}

/// The answer to an event.
public enum Control: Sendable {
  case proceed
  /// Leave the training as it is; what the last `roundEnded` reported is where to continue.
  case stop
}

public struct TrainingSummary: Sendable {
  public var parameterCount: Int
  public var trainingSamples: Int
  public var validationSamples: Int
  public var stepsPerEpoch: Int
  public var steps: Int
  public var rounds: Int
  /// Bytes that the plans will use.
  public var memory: Int
}

public struct StepReport: Sendable {
  /// Steps done since the training began, this one included.
  public var step: Int
  public var steps: Int
  public var round: Int
  /// Whole epochs done plus the part of the one that runs.
  public var epoch: Double
  /// Weighted sum of the losses of this step.
  public var loss: Double
  public var learningRate: Double
  /// Of the last steps, data loading included.
  public var imagesPerSecond: Double
}

public struct EvaluationProgress: Sendable {
  public var done: Int
  public var samples: Int
}

/// The figures of one round.
public struct RoundReport: Sendable {
  /// 1 for the first.
  public var round: Int
  public var step: Int
  public var epoch: Double
  /// Of the round's last step.
  public var learningRate: Double
  /// Mean over the round's steps: the weighted sum, and each loss unweighted.
  public var trainingLoss: Double
  public var trainingLosses: [NamedLoss]
  /// The same for the validation data, each loss the mean over all labelled pixels or over all
  /// images (``EvaluatedLosses``); NaN where there is nothing that it is of.
  public var validationLoss: Double
  public var validationLosses: [NamedLoss]
  /// The weights at the round's last step, of losses whose weight changes.
  public var lossWeights: [NamedLoss] = []
  public var confusion: ConfusionMatrix
  /// One digest of the bits of every parameter and of every running statistic, as evaluated and,
  /// where that is another, as trained; their names are ``TrainingLoop/digestedTensors``.
  public var digests: [UInt64]
  public var trainingSeconds: Double
  public var evaluationSeconds: Double
  public var isLast: Bool
  /// Of the metrics that are asked for, in their order.
  public var metrics: [NamedMetric] = []
  /// `nil` where they are not asked for.
  public var worstImages: WorstImages?
  /// What means over classes make of those that do not occur.
  public var absentClasses = AbsentClasses.cityscapes
  /// `[K]`: what figures of single classes are named by.
  public var classNames: [String] = []

  /// What follows from the counts.
  public var segmentation: SegmentationMetrics {
    SegmentationMetrics(confusion, absentClasses: absentClasses)
  }
}

public struct NamedLoss: Sendable, Hashable {
  public var name: String
  public var value: Double
  public init(name: String, value: Double) {
    self.name = name
    self.value = value
  }
}

/// Everything that a continuation needs besides the spec: parameters, running statistics, the
/// solver's slots and what the schedule remembers. Randomness has no state: it is a function of
/// seed and step.
public struct TrainingState {
  public var step: Int
  public var round: Int
  public var tensors: [StateTensor]
}

/// A tensor of the training state, borrowed.
public struct StateTensor {
  public enum Role: Sendable, Hashable {
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
  public var role: Role
  /// As the network names it, e.g. `encoder0.convolution0.weight`.
  public var name: String
  public var shape: [Int]
  public var values: UnsafeBufferPointer<Float>
}
