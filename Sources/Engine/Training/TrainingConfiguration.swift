/// Everything that decides a training besides its data: a value, built by whoever read the spec.
public struct TrainingConfiguration: Sendable {
  public var template: any Template
  public var losses: [WeightedLoss]
  public var solver: any Solver
  public var baseLearningRate: Double
  public var weightDecay: Double
  public var schedule: any Schedule
  /// In the order in which they are applied.
  public var augmentations: [any Augmentation]
  public var duration: Duration
  public var batchSize: Int
  public var evaluationBatchSize: Int
  public var evaluateEvery: Interval
  public var seed: UInt64
  public var threads: Int
  public var computation: Computation
  /// What precedes the schedule.
  public var warmup: Warmup?
  public var clipping = GradientClipping()
  public var parameterGroups = ParameterGroups()
  /// Batches whose gradients are averaged for one step.
  public var batchesPerStep = 1
  /// What is evaluated in place of the weights that are trained.
  public var averaging: WeightAveraging?
  public var evaluation = EvaluationSettings()
  /// What the labels of the data say.
  public var labelling = Labelling.exclusive

  public struct WeightedLoss: Sendable {
    public var loss: any Loss
    public var weight: LossWeight
    public init(loss: any Loss, weight: LossWeight) {
      self.loss = loss
      self.weight = weight
    }
    public init(loss: any Loss, weight: Double) {
      self.init(loss: loss, weight: .constant(weight))
    }
  }

  public enum Duration: Sendable, Hashable {
    case epochs(Int)
    case iterations(Int)
  }

  public enum Interval: Sendable, Hashable {
    case epochs(Int)
    case iterations(Int)

    func steps(perEpoch stepsPerEpoch: Int) -> Int {
      switch self {
      case .iterations(let count): count
      case .epochs(let count): count * stepsPerEpoch
      }
    }

    /// As a spec writes it.
    public var text: String {
      switch self {
      case .epochs(let count): count == 1 ? "1 epoch" : "\(count) epochs"
      case .iterations(let count): count == 1 ? "1 iteration" : "\(count) iterations"
      }
    }
  }

  public init(
    template: any Template, losses: [WeightedLoss], solver: any Solver, baseLearningRate: Double,
    weightDecay: Double, schedule: any Schedule, augmentations: [any Augmentation],
    duration: Duration, batchSize: Int, evaluationBatchSize: Int, evaluateEvery: Interval,
    seed: UInt64, threads: Int, computation: Computation
  ) {
    self.template = template
    self.losses = losses
    self.solver = solver
    self.baseLearningRate = baseLearningRate
    self.weightDecay = weightDecay
    self.schedule = schedule
    self.augmentations = augmentations
    self.duration = duration
    self.batchSize = batchSize
    self.evaluationBatchSize = evaluationBatchSize
    self.evaluateEvery = evaluateEvery
    self.seed = seed
    self.threads = threads
    self.computation = computation
  }

  /// Images that one step learns from.
  public var imagesPerStep: Int { batchSize * batchesPerStep }

  /// Whether training images may be mixtures of two samples, with the labels of both.
  var mixesLabels: Bool { augmentations.contains(where: \.mixesLabels) }

  /// - Throws: ``TrainingError`` where augmentations do not go together, or an augmentation or a metric
  ///   reads labels as what they do not say. Losses say so themselves.
  func checkComponents() throws(TrainingError) {
    if let (index, error) = AugmentationPipeline.problem(in: augmentations, labelling) {
      throw .component(
        kind: "augmentation", name: type(of: augmentations[index]).name, error)
    }
    for metric in evaluation.metrics {
      do throws(ComponentError) {
        try type(of: metric).check(labelling)
      } catch {
        throw .component(kind: "metric", name: type(of: metric).name, error)
      }
    }
  }

  /// - Throws: ``TrainingError`` where so many training images are too few for the settings.
  public func check(trainingSamples: Int) throws(TrainingError) {
    _ = try TrainingSchedule(self, trainingSamples: trainingSamples)
  }
}
