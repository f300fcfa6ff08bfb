/// What the plans of a training depend on besides its configuration.
public struct DataShape: Sendable, Hashable {
  /// Of the images before augmentation.
  public var trainingSize: Size
  public var validationSize: Size
  public var channels: Int
  public var classes: Int

  public init(trainingSize: Size, validationSize: Size, channels: Int, classes: Int) {
    self.trainingSize = trainingSize
    self.validationSize = validationSize
    self.channels = channels
    self.classes = classes
  }

  init(_ data: SegmentationData) {
    self.init(
      trainingSize: data.train.size, validationSize: data.validation.size,
      channels: data.train.channels, classes: data.classes.count)
  }
}

/// The two plans of a training, made but not yet given memory.
public struct TrainingPlans {
  let training: ExecutionPlan
  let evaluation: ExecutionPlan
  /// The algorithm of every convolution that several can compute, by its description.
  public let algorithms: [String: ConvolutionAlgorithm]

  /// - Throws: ``TrainingError`` where template, augmentations and data do not go together.
  public init(_ configuration: TrainingConfiguration, shape: DataShape) throws {
    try configuration.checkComponents()
    var size = shape.trainingSize
    for augmentation in configuration.augmentations {
      do throws(ComponentError) {
        size = try augmentation.outputSize(for: size)
      } catch {
        throw TrainingError.component(
          kind: "augmentation", name: type(of: augmentation).name, error)
      }
    }
    let selection = configuration.computation.algorithmSelection
    let backend = try configuration.computation.makeBackend(selection)
    func plan(_ size: Size, batch: Int, _ purpose: ExecutionPlan.Purpose) throws -> ExecutionPlan {
      let network = try configuration.network(
        channels: shape.channels, size: size, classes: shape.classes)
      return try ExecutionPlan(
        network, batch: batch, purpose: purpose, backend: backend, threads: configuration.threads,
        recomputes: configuration.computation.recomputes)
    }
    training = try plan(size, batch: configuration.batchSize, .training)
    evaluation = try plan(
      shape.validationSize, batch: configuration.evaluationBatchSize, .prediction)
    algorithms = selection.choices
  }

  /// One for both plans, which never run at the same time.
  func makeArena() -> HostBuffer { HostBuffer(bytes: arenaBytes) }

  private var arenaBytes: Int { max(training.arenaBytes, evaluation.arenaBytes) }

  public var parameterCount: Int { training.network.parameterCount }
  /// Multiplications and additions of one forward pass for one training image.
  public var operationsPerImage: Int { training.network.operations }

  /// Bytes that a training takes for its tensors: parameters, their gradients, solver slots, what
  /// else is as large as the parameters, and the arena of both plans. Cached images come on top.
  public func memoryBytes(_ configuration: TrainingConfiguration) -> Int {
    let besides = [
      configuration.batchesPerStep > 1, configuration.solver.ascent != nil,
      configuration.averaging != nil,
    ]
    return arenaBytes
      + FlatTensors.bytes(of: training.network.parameters.map(\.count))
      * (2 + configuration.solver.slotNames.count + besides.count { $0 })
  }

  /// Bytes that a training takes besides: the batches that both loaders hold, and a checkpoint on its
  /// way to the disk.
  public func passingBytes(_ configuration: TrainingConfiguration) -> Int {
    let batches = [(training, configuration.mixesLabels), (evaluation, false)].map { plan, mixes in
      BatchRing.bytes(shape: plan.layouts[Network.inputValue].shape, mixes: mixes)
    }
    return batches.reduce(0, +)
      + parameterCount * (1 + configuration.solver.slotNames.count) * MemoryLayout<Float>.stride
  }

  /// The losses prepared for a plan's logits; to train on mixtures they are taken image by image.
  func losses(
    _ configuration: TrainingConfiguration, for plan: ExecutionPlan, _ statistics: ClassStatistics
  ) throws(TrainingError) -> LossSum {
    try LossSum(
      configuration.losses,
      context: LossContext(
        logits: plan.logitsLayout, statistics: statistics, threads: configuration.threads,
        labelling: configuration.labelling),
      takesImages: plan.purpose == .training && configuration.mixesLabels)
  }
}

extension TrainingConfiguration {
  /// The template's network for images of this size.
  func network(channels: Int, size: Size, classes: Int) throws(TrainingError) -> Network {
    do throws(ComponentError) {
      return try template.network(
        input: NetworkInput(channels: channels, size: size), classes: classes)
    } catch {
      throw .component(kind: "template", name: type(of: template).name, error)
    }
  }
}
