/// Times the batches of a training: how fast they are prepared, and what they cost a training that
/// computes at the same time.
public struct LoaderBenchmark {
  private let configuration: TrainingConfiguration
  private let data: SegmentationData
  private let loaderThreads: Int

  /// - Parameter loaderThreads: that prepare batches.
  public init(
    _ configuration: TrainingConfiguration, data: SegmentationData,
    loaderThreads: Int = Loader.standardThreads
  ) {
    self.configuration = configuration
    self.data = data
    self.loaderThreads = loaderThreads
  }

  /// Images per second where nothing but the loader runs, over `batches` batches behind those that
  /// were prepared ahead.
  ///
  /// - Throws: ``ComponentError`` where a batch cannot be filled, ``DataError`` where a file cannot
  ///   be read again.
  public func imagesPerSecond(batches: Int) throws -> Double {
    let loader = try loader()
    for _ in 0..<(2 * loader.batchesHeld) { _ = try loader.next() }
    let watch = Stopwatch()
    for _ in 0..<batches { _ = try loader.next() }
    return Double(batches * configuration.batchSize) / watch.seconds
  }

  /// Seconds of steps on the same batches.
  public struct StepSeconds: Sendable {
    /// Of each step, from asking the loader for its batch to the updated parameters.
    public let fromLoader: [Double]
    /// Of each step, the batches lying ready in memory and no loader running.
    public let fromMemory: [Double]

    /// What the loader costs: the part of the time from memory that all steps together take longer.
    public var overhead: Double { fromLoader.reduce(0, +) / fromMemory.reduce(0, +) - 1 }
  }

  /// Trains `count` steps on batches from a loader that runs at its usual distance ahead, and as many
  /// on the same batches from memory. Memory for `count` batches is needed.
  ///
  /// - Throws: ``TrainingError`` where the configuration does not fit the data, and what
  ///   ``imagesPerSecond(batches:)`` throws.
  public func steps(_ count: Int) throws -> StepSeconds {
    let step = try step()
    let loader = try loader()
    let lead = 2 * loader.batchesHeld
    for index in 0..<lead { _ = step.run(try loader.next(), step: index) }
    let fromLoader = try (0..<count).map { index in
      try seconds { _ = step.run(try loader.next(), step: index) }
    }
    let held = try HeldBatches(self.loader(firstBatch: lead), count)
    _ = step.run(held[0], step: 0)
    let fromMemory = (0..<count).map { index in
      seconds { _ = step.run(held[index], step: index) }
    }
    return StepSeconds(fromLoader: fromLoader, fromMemory: fromMemory)
  }
}

extension LoaderBenchmark {
  private func loader(firstBatch: Int = 0) throws -> Loader {
    try Loader(
      training: data.train, batchSize: configuration.batchSize,
      augmentations: configuration.augmentations, seed: configuration.seed, firstBatch: firstBatch,
      threads: loaderThreads)
  }

  private func step() throws -> TrainingStep {
    let plans = try TrainingPlans(configuration, shape: DataShape(data))
    return TrainingStep(
      plan: plans.training,
      losses: try plans.losses(configuration, for: plans.training, data.classStatistics),
      state: NetworkState(plans.training.network, seed: configuration.seed),
      arena: plans.makeArena(), configuration: configuration, steps: 1_000_000,
      stepsPerEpoch: 1000)
  }

  private func seconds(_ body: () throws -> Void) rethrows -> Double {
    let watch = Stopwatch()
    try body()
    return watch.seconds
  }
}

/// The first batches of a loader, copied.
private struct HeldBatches {
  private let shape: Shape
  private let images: HostBuffer
  private let labels: HostBuffer

  init(_ loader: Loader, _ count: Int) throws {
    shape = loader.shape
    images = HostBuffer(floats: count * shape.count)
    labels = HostBuffer(bytes: count * shape.batch * shape.area)
    for index in 0..<count {
      let (batch, copy) = (try loader.next(), self[index])
      copy.images.update(from: batch.images, count: shape.count)
      copy.labels.update(from: batch.labels, count: shape.batch * shape.area)
    }
  }

  subscript(index: Int) -> Batch {
    Batch(
      images: images.floats + index * shape.count,
      labels: labels.start.assumingMemoryBound(to: UInt8.self)
        + index * shape.batch * shape.area,
      count: shape.batch)
  }
}
