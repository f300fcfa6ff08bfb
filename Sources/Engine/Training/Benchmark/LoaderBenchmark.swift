package import Datasets
internal import Groundwork
internal import Networks

/// Times the batches of a training: how fast they are prepared, and what they cost a training that
/// computes at the same time.
package struct LoaderBenchmark {
  private let configuration: TrainingConfiguration
  private let data: SegmentationData
  private let loaderThreads: Int

  /// - Parameter loaderThreads: the number of threads that prepare batches.
  package init(
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
  package func imagesPerSecond(batches: Int) throws -> Double {
    let loader = try loader()
    for _ in 0..<(2 * loader.batchesHeld) { _ = try loader.next() }
    let watch = Stopwatch()
    for _ in 0..<batches { _ = try loader.next() }
    return Double(batches * configuration.batchSize) / watch.seconds
  }

  /// The seconds that steps took, with batches from the loader and from memory.
  package struct StepSeconds: Sendable {
    /// The seconds of each step, from asking the loader for its batch to the updated parameters.
    package fileprivate(set) var fromLoader: [Double] = []
    /// The seconds of each step where the batches lie ready in memory and no loader works.
    package fileprivate(set) var fromMemory: [Double] = []

    /// What the loader costs: the part of the time from memory that all steps together take longer.
    package var overhead: Double { fromLoader.reduce(0, +) / fromMemory.reduce(0, +) - 1 }
  }

  private static let turns = 3

  /// Trains `count` steps on batches from a loader that runs at its usual distance ahead, and as many
  /// on batches that lie in memory: by turns, so that whatever else the machine does meets both.
  ///
  /// - Throws: ``TrainingError`` where the configuration does not fit the data, and what
  ///   ``imagesPerSecond(batches:)`` throws.
  package func steps(_ count: Int) throws -> StepSeconds {
    let step = try step()
    let loader = try loader()
    let held = try HeldBatches(
      self.loader(), loader.batchesHeld, planes: data.train.trainedTruth.planes)
    var (number, next) = (0, 0)
    func seconds(_ batch: () throws -> Batch) throws -> Double {
      defer { number += 1 }
      let watch = Stopwatch()
      _ = try step.run(step: number, nextBatch: batch)
      return watch.seconds
    }
    func heldBatch() -> Batch {
      defer { next += 1 }
      return held[next % held.count]
    }
    var times = StepSeconds()
    for turn in 0..<Self.turns {
      // The loader catches up with what it would have done while the others were trained on.
      for _ in 0..<(2 * loader.batchesHeld) { _ = try seconds(loader.next) }
      let part = count * turn / Self.turns..<count * (turn + 1) / Self.turns
      for _ in part { times.fromLoader.append(try seconds(loader.next)) }
      _ = try seconds(heldBatch)
      for _ in part { times.fromMemory.append(try seconds(heldBatch)) }
    }
    return times
  }
}

extension LoaderBenchmark {
  private func loader() throws -> Loader {
    try Loader(
      training: data.train, batchSize: configuration.batchSize,
      batchesPerStep: configuration.optimization.batchesPerStep,
      augmentations: configuration.augmentations,
      seed: configuration.seed, threads: loaderThreads)
  }

  private func step() throws -> TrainingStep {
    let plans = try TrainingPlans(configuration, shape: DataShape(data))
    return TrainingStep(
      plan: plans.training,
      losses: try configuration.trainingLosses(for: plans.training, data.classStatistics),
      state: try plans.makeState(configuration),
      arena: plans.makeArena(), configuration: configuration, steps: 1_000_000,
      stepsPerEpoch: 1000)
  }
}

/// The first batches of a loader, copied.
private struct HeldBatches {
  let count: Int
  private let shape: Shape
  private let images: HostBuffer
  private let labels: HostBuffer
  private let labelsPerBatch: Int
  private let mixedLabels: MixedLabelsBuffer?

  init(_ loader: Loader, _ count: Int, planes: Int) throws {
    (shape, self.count) = (loader.shape, count)
    images = HostBuffer(floats: count * shape.count)
    let labelsPerImage = planes * shape.area
    labelsPerBatch = shape.batch * labelsPerImage
    labels = HostBuffer(bytes: count * labelsPerBatch * MemoryLayout<Label>.stride)
    mixedLabels =
      loader.mixesLabels
      ? MixedLabelsBuffer(images: count * shape.batch, labelsPerImage: labelsPerImage) : nil
    for index in 0..<count {
      let (batch, copy) = (try loader.next(), self[index])
      copy.images.update(from: batch.images, count: shape.count)
      copy.labels.update(from: batch.labels, count: labelsPerBatch)
      if let mixedLabels = batch.mixedLabels {
        copy.mixedLabels?.labels.update(from: mixedLabels.labels, count: labelsPerBatch)
        copy.mixedLabels?.lambdas.update(from: mixedLabels.lambdas, count: shape.batch)
      }
    }
  }

  subscript(index: Int) -> Batch {
    Batch(
      images: images.floats + index * shape.count,
      labels: labels.start.assumingMemoryBound(to: Label.self) + index * labelsPerBatch,
      count: shape.batch,
      mixedLabels: mixedLabels?[index * shape.batch])
  }
}
