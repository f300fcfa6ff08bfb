internal import CKernels
internal import Datasets
internal import Execution
package import Groundwork
internal import Learning
internal import Networks

/// Times the training steps and predictions of a network on made-up data held in memory: what
/// remains when decoding and augmentation cost nothing.
package struct StepBenchmark {
  package let parameterCount: Int
  /// Bytes of tensors, as the plans say, with the made-up batch.
  package let memoryBytes: Int
  /// Bytes that the process held before it took those: the program, its libraries, and the code
  /// that they have generated for this network.
  package let programBytes: Int
  package let imagesPerStep: Int
  /// FLOPs of one step: forward, and twice that backward, all of it twice where the solver takes two
  /// gradients.
  package let flopsPerStep: Int
  /// FLOPs to predict one batch, all transforms of its images.
  package let flopsPerPrediction: Int
  /// The number of transforms of each image whose predictions are averaged.
  package let transforms: Int
  /// The algorithm of every convolution that several can compute, by its description.
  package let algorithms: [String: String]
  private let configuration: TrainingConfiguration
  private let step: TrainingStep
  private let prediction: any PlannedPredictor
  private let images: HostBuffer
  private let labels: HostBuffer
  /// The mixed labels of the batch, both labels at weight 0.5, so that every loss is computed
  /// twice; `nil` where no image is a mixed sample.
  private let mixedLabels: MixedLabelsBuffer?

  /// - Throws: ``TrainingError`` where the configuration does not fit the size, ``DeviceError``
  ///   where the machine cannot compute so.
  package init(
    _ configuration: TrainingConfiguration, extent: SpatialExtent, channels: Int, classes: Int,
    classNames: [String] = []
  ) throws {
    self.configuration = configuration
    var configuration = configuration
    configuration.evaluation.batchSize = configuration.batchSize
    let shape = DataShape(
      trainingExtent: extent, validationExtent: extent, channels: channels, classes: classes)
    let plans = try TrainingPlans(configuration, shape: shape)
    let plan = plans.training
    parameterCount = plans.parameterCount
    imagesPerStep = configuration.imagesPerStep
    flopsPerStep =
      (configuration.optimization.solver.ascent == nil ? 3 : 6) * plans.flopsPerImage
      * imagesPerStep
    flopsPerPrediction = plans.flopsPerEvaluation * configuration.batchSize
    transforms = plans.transformsPerEvaluation
    algorithms = plans.algorithms
    programBytes = ProcessMemory.resident()
    let state = try plans.makeState(configuration)
    let statistics = ClassStatistics(
      pixels: Array(repeating: 1, count: classes),
      pixelsOfImagesWithClass: Array(repeating: UInt64(classes), count: classes),
      names: classNames)
    let arena = plans.makeArena()
    step = TrainingStep(
      plan: plan, losses: try configuration.trainingLosses(for: plan, statistics), state: state,
      arena: arena, configuration: configuration, steps: 1_000_000,
      stepsPerEpoch: 1000)
    prediction = plans.evaluation
    prediction.allocate(state, in: arena)

    let input = plan.layouts[Network.inputValue]
    images = HostBuffer(floats: input.elements)
    ck_random_normal(images.floats, input.elements, 1, configuration.seed, 1)
    let truth = configuration.task.reading.trainedTruth(classes: classes)
    let labelsPerImage = truth.planes * input.shape.area
    let values =
      truth.form == .classes
      ? truth.classes : configuration.task.reading.labelValues(classes: classes)
    let count = input.shape.batch * labelsPerImage
    labels = HostBuffer(bytes: count * MemoryLayout<Label>.stride)
    var random = RandomStream(seed: configuration.seed, purpose: .init("benchmark"))
    let drawn = labels.start.assumingMemoryBound(to: Label.self)
    InventedLabels(truth: truth, values: values, shape: input.shape).write(to: drawn, &random)
    mixedLabels =
      configuration.mixesLabels
      ? MixedLabelsBuffer(images: input.shape.batch, labelsPerImage: labelsPerImage) : nil
    if let mixedLabels = mixedLabels?[0] {
      mixedLabels.labels.update(from: drawn, count: count)
      mixedLabels.lambdas.update(repeating: 0.5, count: input.shape.batch)
    }
    memoryBytes =
      plans.memoryBytes(configuration) + images.bytes + labels.bytes
      + (mixedLabels?.bytes ?? 0)
  }

  /// Runs one training step.
  ///
  /// - Returns: its seconds.
  package func train(step number: Int) throws -> Double {
    let watch = Stopwatch()
    _ = try step.run(step: number) { batch }
    step.plan.device.synchronize()
    return watch.seconds
  }

  /// Predicts one batch.
  ///
  /// - Returns: its seconds.
  package func predict() -> Double {
    let watch = Stopwatch()
    _ = prediction.predict(images.floats)
    return watch.seconds
  }

  /// Times everything that a training step is made of, each by itself.
  package func timeParts() -> [PartTime] {
    let plan = step.plan
    let timer = PartTimer(threads: plan.threads)
    plan.load(images.floats)
    let forward = plan.timeForward(
      ForwardPass(isTraining: true, seed: configuration.seed), with: timer)
    plan.clearHeadGradients()
    let losses = timer.time("losses", .forward) {
      plan.clearHeadGradients()
      _ = step.losses.evaluate(
        plan.heads, batch.target(channels: plan.input.shape.channels))
    }
    let backward = plan.timeBackward(with: timer)
    let solver = timer.time("solver", .backward) { step.updateParameters(step: 0) }
    return forward + [losses] + backward + [solver]
  }

  private var batch: Batch {
    Batch(
      images: images.floats, labels: labels.start.assumingMemoryBound(to: Label.self),
      count: configuration.batchSize, mixedLabels: mixedLabels?[0])
  }
}
