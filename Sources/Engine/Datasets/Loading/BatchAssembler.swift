internal import Groundwork

/// What decides the content of batches: a value that every loader thread has a copy of.
struct BatchRecipe: Sendable {
  let dataset: Dataset
  let shape: Shape
  /// What the labels of batches are.
  let truth: Truth
  /// True where they are to train on: else they are what predictions are judged by.
  let trains: Bool
  let pipeline: AugmentationPipeline
  let sequence: BatchSequence
  let normalizer: Normalizer

  /// - Parameter size: the size of samples after augmentation; of patches of volumes that of their slices
  ///   one beneath the other.
  init(
    dataset: Dataset, size: Size, batchSize: Int, pipeline: AugmentationPipeline,
    sequence: BatchSequence, trains: Bool
  ) {
    self.dataset = dataset
    self.pipeline = pipeline
    self.sequence = sequence
    shape = Shape(batchSize, dataset.channels, size.height, size.width)
    truth = trains ? dataset.trainedTruth : dataset.truth
    self.trains = trains
    normalizer = dataset.normalizer
  }
}

/// Puts samples where they belong in a batch, in memory that one thread uses again and again.
struct BatchAssembler: ~Copyable {
  private let recipe: BatchRecipe
  private var sequence: BatchSequence
  private var source: DatasetSamples
  private var sample: Sample
  /// `[P, H, W]` as read, where what is trained on is derived from it.
  private var readLabels: [Label] = []

  init(_ recipe: BatchRecipe) {
    self.recipe = recipe
    sequence = recipe.sequence
    source = DatasetSamples(recipe.dataset)
    sample = recipe.dataset.emptySample
  }

  /// Places that no sample falls to, in the last batch of an evaluation, become zeros with ignored
  /// labels.
  mutating func fill(
    _ memory: SampleMemory, batch: Int, position: Int
  ) throws(DataError) {
    let (area, planes) = (recipe.shape.area, recipe.truth.planes)
    guard let (epoch, index, occurrence) = sequence.sample(batch: batch, position: position) else {
      memory.image.update(repeating: 0, count: recipe.shape.channels * area)
      memory.labels.update(repeating: Labels.ignoreIndex, count: planes * area)
      return
    }
    guard !recipe.pipeline.isEmpty else {
      let loaded = try source.load(index)
      recipe.normalizer.apply(to: loaded.raster, into: memory.image)
      write(loaded.labels, to: memory.labels)
      return
    }
    try source.read(index, into: &sample)
    try recipe.pipeline.apply(
      to: &sample, epoch: epoch, number: source.number(of: index), occurrence: occurrence,
      others: &source)
    recipe.normalizer.apply(to: sample, into: memory.image)
    recipe.write(sample.labels, to: memory.labels)
    if let mixedLabels = memory.mixedLabels {
      mixedLabels.lambdas.pointee = sample.lambda
      if sample.lambda == 1 {
        mixedLabels.labels.update(repeating: Labels.ignoreIndex, count: planes * area)
      } else {
        recipe.write(sample.otherLabels, to: mixedLabels.labels)
      }
    }
  }

  /// Labels that no augmentation changes: written where they belong at once, unless others are derived
  /// from them.
  private mutating func write(_ labels: StoredLabels, to target: UnsafeMutablePointer<Label>) {
    guard recipe.dataset.reading.derivesTruth else {
      labels.copy(to: target)
      return
    }
    readLabels.resize(to: labels.count)
    readLabels.withUnsafeMutableBufferPointer { read in
      if let start = read.baseAddress { labels.copy(to: start) }
    }
    recipe.write(readLabels, to: target)
  }
}

extension BatchRecipe {
  /// Writes what is trained on, or judged, of the labels of a sample.
  fileprivate func write(_ labels: [Label], to target: UnsafeMutablePointer<Label>) {
    labels.withUnsafeBufferPointer { labels in
      guard let start = labels.baseAddress else { return }
      let (reading, classes) = (dataset.reading, dataset.classes)
      if trains {
        reading.deriveTrained(start, into: target, size: shape.size, classes: classes)
      } else {
        reading.derive(start, into: target, size: shape.size, classes: classes)
      }
    }
  }
}
