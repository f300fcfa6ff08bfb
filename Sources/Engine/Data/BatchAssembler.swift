/// What decides the content of batches: a value that every loader thread has a copy of.
struct BatchRecipe: Sendable {
  let dataset: Dataset
  let shape: Shape
  /// P, of the labels of each pixel.
  let planes: Int
  let pipeline: AugmentationPipeline
  let sequence: BatchSequence
  let normalizer: Normalizer

  /// - Parameter size: of samples after augmentation.
  init(
    dataset: Dataset, size: Size, batchSize: Int, pipeline: AugmentationPipeline,
    sequence: BatchSequence
  ) {
    self.dataset = dataset
    self.pipeline = pipeline
    self.sequence = sequence
    shape = Shape(batchSize, dataset.channels, size.height, size.width)
    planes = dataset.planes
    normalizer = dataset.normalizer
  }
}

/// Puts samples where they belong in a batch, in memory that one thread uses again and again.
struct BatchAssembler: ~Copyable {
  private let recipe: BatchRecipe
  private var sequence: BatchSequence
  private var source: DatasetSamples
  private var sample: Sample

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
    let count = recipe.planes * recipe.shape.area
    guard let (epoch, index, occurrence) = sequence.sample(batch: batch, position: position) else {
      memory.image.update(repeating: 0, count: recipe.shape.channels * recipe.shape.area)
      memory.labels.update(repeating: Labels.ignored, count: count)
      return
    }
    guard !recipe.pipeline.isEmpty else {
      let loaded = try source.load(index)
      recipe.normalizer.apply(to: loaded.raster, into: memory.image)
      loaded.labels.copy(to: memory.labels)
      return
    }
    try source.read(index, into: &sample)
    try recipe.pipeline.apply(
      to: &sample, epoch: epoch, number: source.number(of: index), occurrence: occurrence,
      others: &source)
    recipe.normalizer.apply(to: sample, into: memory.image)
    memory.labels.update(from: sample.labels, count: count)
    if let mixture = memory.mixture {
      mixture.shares.pointee = sample.share
      if sample.share == 1 {
        mixture.labels.update(repeating: Labels.ignored, count: count)
      } else {
        mixture.labels.update(from: sample.otherLabels, count: count)
      }
    }
  }
}
