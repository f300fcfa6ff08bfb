internal import Datasets
package import Execution
internal import Groundwork
internal import Learning
internal import Networks
internal import Tasks

/// What a training computes with, made but not yet given memory: the plan of its steps, and that of
/// its evaluation or those of the scales that it looks at.
package struct TrainingPlans {
  package let training: ExecutionPlan
  package let evaluation: any PlannedPredictor
  /// As ``DataShape/stitchedSize``.
  private let stitchedSize: Size?
  /// How many images are put together at the same time: as many as a patch of a volume has slices.
  private let stitchedAtOnce: Int
  /// K.
  private let classes: Int
  /// The algorithm of every convolution that several can compute, by its description.
  package let algorithms: [String: String]

  /// - Throws: ``TrainingError`` where template, augmentations and data do not go together.
  package init(_ configuration: TrainingConfiguration, shape: DataShape) throws {
    try configuration.checkComponents()
    try configuration.checkRelabel(shape)
    var extent = shape.trainingExtent
    for augmentation in configuration.augmentations {
      do throws(ComponentError) {
        extent = try augmentation.outputExtent(for: extent)
      } catch {
        throw TrainingError.component(
          kind: "augmentation", name: type(of: augmentation).name, error)
      }
    }
    let network = try configuration.network(
      NetworkInput(channels: shape.channels, extent: extent), classes: shape.classes)
    if let layer = network.normOfSingleValues(batch: configuration.batchSize) {
      throw TrainingError.normOfSingleValues(layer: layer, extent: extent)
    }
    if shape.stitchedSize != nil, network.choosesRegions {
      throw TrainingError.component(
        kind: "template", name: network.name,
        ComponentError("it sees whole images: write data.size in place of data.patches"))
    }
    let device = try configuration.computation.makeDevice()
    training = try ExecutionPlan(
      network,
      batch: configuration.batchSize, purpose: .training, device: device,
      threads: configuration.threads, recomputes: configuration.computation.recomputes)
    evaluation = try configuration.predictor(
      of: NetworkInput(channels: shape.channels, extent: shape.validationExtent),
      classes: shape.classes, batch: configuration.evaluation.batchSize, device: device)
    stitchedSize = shape.stitchedSize
    stitchedAtOnce = shape.validationExtent.depth
    classes = shape.classes
    algorithms = device.choices
  }

  /// One for all plans, which never run at the same time.
  func makeArena() -> any DeviceMemory { training.device.allocate(bytes: arenaBytes) }

  /// Parameters as they begin, in the memory of the device.
  ///
  /// - Throws: where they begin with weights that cannot be read.
  func makeState(_ configuration: TrainingConfiguration) throws -> NetworkState {
    let state = NetworkState(training.network, seed: configuration.seed, on: training.device)
    try configuration.weights?.initialWeights(for: training.network, of: configuration.template)
      .fill(state)
    return state
  }

  private var arenaBytes: Int { max(training.arenaBytes, evaluation.arenaBytes) }

  package var parameterCount: Int { training.network.parameterCount }
  /// FLOPs of one forward pass for one training image.
  package var flopsPerImage: Int { training.network.flops }
  /// Those for one validation image, which the network sees so often.
  package var flopsPerEvaluation: Int { evaluation.flopsPerImage }
  package var transformsPerEvaluation: Int { evaluation.transforms }

  /// Bytes that a training takes for its tensors: parameters, their gradients, the state of the optimizer, what
  /// else is as large as the parameters, the arena of all plans, and what transformed images and
  /// patches are averaged in. Cached images come on top.
  ///
  /// - Parameter ranks: that share the batches of a step; the bytes are those of each.
  package func memoryBytes(_ configuration: TrainingConfiguration, ranks: Int = 1) -> Int {
    let besides = [
      configuration.optimization.batchesPerStep > 1,
      configuration.optimization.solver.ascent != nil,
      configuration.optimization.averaging != nil,
    ]
    let estimating =
      configuration.optimization.averaging?.updatesStatistics == true
      ? StatisticsUpdate.bytes(training.network) : 0
    let statistics =
      configuration.optimization.batchesPerStep > 1
      ? ShardStatistics.bytes(training.network, ranks: ranks) : 0
    let teacher = configuration.relabel == nil ? 0 : 2 * StatisticsUpdate.bytes(training.network)
    let gradients = ShardGradients.bytes(training.network.parameters.map(\.count), ranks: ranks)
    return arenaBytes + evaluation.ownBytes + stitchedBytes(configuration) + estimating
      + statistics + gradients + teacher
      + FlatTensors.bytes(of: training.network.parameters.map(\.count))
      * (2 + configuration.optimization.solver.stateNames.count + besides.count { $0 })
  }

  /// P, of the labels of each pixel.
  private func planes(_ configuration: TrainingConfiguration) -> Int {
    configuration.task.truth(classes: classes).planes
  }

  private func stitchedBytes(_ configuration: TrainingConfiguration) -> Int {
    guard let stitchedSize else { return 0 }
    return stitchedAtOnce
      * PatchStitcher.bytes(
        stitchedSize, classes: evaluation.logitsLayout.shape.channels,
        averagesLogits: configuration.readsSingleLogits,
        otherChannels: evaluation.headLayouts.dropFirst().map(\.layout.shape.channels),
        planes: planes(configuration))
  }

  /// Bytes that a training takes besides: the batches that both loaders hold, and a checkpoint on its
  /// way to the disk.
  package func passingBytes(_ configuration: TrainingConfiguration) -> Int {
    let batches = [(training.input, configuration.mixesLabels), (evaluation.input, false)].map {
      BatchRing.bytes(shape: $0.shape, planes: planes(configuration), mixes: $1)
    }
    return batches.reduce(0, +)
      + parameterCount * (1 + configuration.optimization.solver.stateNames.count)
      * MemoryLayout<Float>.stride
  }
}
