internal import Foundation

/// Batches in a fixed order, prepared ahead of the step on a thread of its own.
///
/// What batch number b holds is a function of the data, the settings, the seed and b alone: neither
/// threads nor where a training was interrupted change it. Batches follow each other without end,
/// pass after pass.
public final class Loader {
  /// N × C × H × W of every batch.
  public let shape: Shape
  /// Batches until all samples have had their turn: an epoch, or an evaluation.
  public let batchesPerPass: Int
  private let ring: BatchRing

  /// Batches to train on: a new order every epoch, augmented; samples that do not fill an epoch's
  /// last batch are left out of it.
  ///
  /// - Parameter firstBatch: how many batches a training that is continued has behind it.
  /// - Throws: ``ComponentError`` where there are fewer samples than a batch holds, or an
  ///   augmentation cannot be applied to images of this size.
  public convenience init(
    training dataset: Dataset, batchSize: Int, augmentations: [any Augmentation], seed: UInt64,
    firstBatch: Int = 0
  ) throws(ComponentError) {
    guard dataset.count >= batchSize else {
      throw ComponentError(
        field: "batch_size",
        "a batch of \(batchSize) cannot be filled from \(dataset.count) training samples")
    }
    let pipeline = AugmentationPipeline(augmentations, seed: seed)
    let order = BatchOrder(samples: dataset.count, batchSize: batchSize, seed: seed)
    self.init(
      BatchAssembler(
        dataset: dataset, size: try pipeline.outputSize(for: dataset.size), batchSize: batchSize,
        pipeline: pipeline, sequence: BatchSequence(.shuffled(order))), firstBatch: firstBatch)
  }

  /// Batches to evaluate: every sample once a pass, in the order of the list, the last batch
  /// partial where they do not fill it.
  public convenience init(evaluating dataset: Dataset, batchSize: Int) {
    self.init(
      BatchAssembler(
        dataset: dataset, size: dataset.size, batchSize: batchSize,
        pipeline: AugmentationPipeline([], seed: 0),
        sequence: BatchSequence(.listed(samples: dataset.count, batchSize: batchSize))),
      firstBatch: 0)
  }

  private init(_ assembler: BatchAssembler, firstBatch: Int) {
    shape = assembler.shape
    batchesPerPass = assembler.sequence.batchesPerPass
    let ring = BatchRing(shape: shape)
    self.ring = ring
    let thread = Thread {
      var assembler = assembler
      var number = firstBatch
      while ring.put({ batch throws(DataError) in try assembler.fill(batch, number: number) }) {
        number += 1
      }
    }
    thread.name = "loader"
    thread.start()
  }

  deinit { ring.close() }

  /// The next batch; the one before is no longer valid.
  ///
  /// - Throws: ``DataError`` where a file had to be read again and could not, or has changed.
  public func next() throws(DataError) -> Batch { try ring.take() }
}

/// Fills the memory of a batch.
private struct BatchAssembler: Sendable {
  let dataset: Dataset
  let shape: Shape
  let pipeline: AugmentationPipeline
  var sequence: BatchSequence
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
    normalizer = Normalizer(mean: dataset.mean, deviation: dataset.deviation)
  }

  /// - Returns: how many samples the batch holds.
  mutating func fill(_ batch: Batch, number: Int) throws(DataError) -> Int {
    let (epoch, indices) = sequence.batch(number)
    let sampleCount = shape.channels * shape.area
    for (slot, index) in indices.enumerated() {
      var sample = try dataset.sample(index)
      pipeline.apply(to: &sample, epoch: epoch, number: dataset.samples[index].number)
      normalizer.apply(to: sample, into: batch.images + slot * sampleCount)
      (batch.labels + slot * shape.area).update(from: sample.labels, count: shape.area)
    }
    let empty = shape.batch - indices.count
    (batch.images + indices.count * sampleCount).update(repeating: 0, count: empty * sampleCount)
    (batch.labels + indices.count * shape.area).update(
      repeating: Labels.ignored, count: empty * shape.area)
    return indices.count
  }
}
