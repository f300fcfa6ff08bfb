internal import CKernels

/// Times the training steps of a network on made-up data held in memory: what remains when decoding
/// and augmentation cost nothing.
public struct StepBenchmark {
  public let parameterCount: Int
  /// Bytes of tensors, as the plans say.
  public let memoryBytes: Int
  /// Multiplications and additions of one step: forward, and twice that backward.
  public let operationsPerStep: Int
  private let step: TrainingStep
  private let images: HostBuffer
  private let labels: HostBuffer
  private let batchSize: Int

  /// - Throws: ``TrainingError`` where the configuration does not fit the size.
  public init(_ configuration: TrainingConfiguration, size: Size, channels: Int, classes: Int)
    throws
  {
    let shape = DataShape(
      trainingSize: size, validationSize: size, channels: channels, classes: classes)
    let plans = try TrainingPlans(configuration, shape: shape)
    let plan = plans.training
    batchSize = configuration.batchSize
    parameterCount = plans.parameterCount
    memoryBytes = plan.memoryBytes
    operationsPerStep = 3 * plans.operationsPerImage * batchSize
    let state = NetworkState(plan.network, seed: configuration.seed)
    let statistics = ClassStatistics(
      pixels: Array(repeating: 1, count: classes),
      pixelsOfImagesWithClass: Array(repeating: UInt64(classes), count: classes))
    step = TrainingStep(
      plan: plan, losses: try plans.losses(configuration, for: plan, statistics), state: state,
      configuration: configuration, steps: 1_000_000, stepsPerEpoch: 1000)

    let input = plan.layouts[Network.inputValue]
    images = HostBuffer(floats: input.elements)
    ck_random_normal(images.floats, input.elements, 1, configuration.seed, 1)
    let pixels = batchSize * size.height * size.width
    labels = HostBuffer(bytes: pixels)
    var random = RandomStream(seed: configuration.seed, purpose: .init("benchmark"))
    let bytes = labels.start.assumingMemoryBound(to: UInt8.self)
    for index in 0..<pixels { bytes[index] = UInt8(random.below(classes)) }
  }

  /// Seconds of each of `count` steps.
  ///
  /// - Parameter progress: called after every step with its number and seconds.
  public func run(steps count: Int, progress: (Int, Double) -> Void = { _, _ in }) -> [Double] {
    let batch = Batch(
      images: images.floats, labels: labels.start.assumingMemoryBound(to: UInt8.self),
      count: batchSize)
    return (0..<count).map { index in
      let watch = Stopwatch()
      _ = step.run(batch, step: index)
      let seconds = watch.seconds
      progress(index, seconds)
      return seconds
    }
  }
}
