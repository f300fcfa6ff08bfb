package import Groundwork

/// Batches in a fixed order, prepared ahead of the step on threads of their own.
///
/// What batch number b holds is a function of the data, the settings, the seed and b alone: neither
/// the number of threads, nor their timing, nor where a training was interrupted change it. Batches
/// follow each other without end, pass after pass.
///
/// The batch in use and up to three ahead of it are kept in memory, N · H · W · (4 · C + 2 · P) bytes
/// each, or N · H · W · (4 · C + 4 · P) with the labels of two mixed samples: fewer where four would take more
/// than 256 MiB, but at least one ahead. Besides, every thread holds one sample, as it was decoded and
/// as it becomes.
package final class Loader {
  /// N × C × H × W of every batch.
  package let shape: Shape
  /// Batches until all samples have had their turn: an epoch, or an evaluation.
  package let batchesPerPass: Int
  /// Batches in memory, the one in use included.
  package var batchesHeld: Int { ring.slots }
  /// True where images may be mixed, with two planes of labels.
  package var mixesLabels: Bool { ring.mixes }
  private let ring: BatchRing
  /// `nil` where none could be started, which the ring tells.
  private let threads: LoaderThreads?
  private let sequence: BatchSequence
  private let share: BatchShare
  private let firstBatch: Int
  /// Batches that were given.
  private var taken = 0

  /// One for each core, at most four.
  package static var standardThreads: Int { min(4, LoaderThreads.cores) }

  /// Batches to train on: a new order or new draws every epoch, augmented; samples that do not fill
  /// an epoch's last step are left out of it.
  ///
  /// - Parameters:
  ///   - batchesPerStep: how many batches a step takes.
  ///   - firstBatch: how many batches a training that is continued has behind it; whole steps.
  ///   - share: which batches of a step are wanted.
  ///   - threads: that prepare samples.
  /// - Throws: ``ComponentError`` where there are fewer samples than a batch holds, or an
  ///   augmentation cannot be applied to images of this size or where it stands.
  package convenience init(
    training dataset: Dataset, batchSize: Int, batchesPerStep: Int = 1,
    augmentations: [any Augmentation], seed: UInt64, firstBatch: Int = 0,
    share: BatchShare = .whole, threads: Int = Loader.standardThreads
  ) throws(ComponentError) {
    guard dataset.samplesPerEpoch >= batchSize * batchesPerStep else {
      throw ComponentError(
        field: "batch_size",
        "a batch of \(batchSize * batchesPerStep) cannot be filled from "
          + "\(dataset.samplesPerEpoch) training samples")
    }
    let pipeline = try AugmentationPipeline(
      augmentations, seed: seed, reading: dataset.reading)
    let order = BatchOrder(
      samples: dataset.count, batchSize: batchSize, batchesPerStep: batchesPerStep, seed: seed,
      draws: dataset.draws)
    self.init(
      BatchRecipe(
        dataset: dataset, size: try pipeline.outputExtent(for: dataset.extent).stackedSize,
        batchSize: batchSize, pipeline: pipeline, sequence: BatchSequence(.shuffled(order)),
        trains: true),
      firstBatch: firstBatch, share: share.of(batchesPerStep), threads: threads)
  }

  /// Batches to evaluate: every sample once a pass, in the order of the list, the last batch of each
  /// set partial where its samples do not fill it.
  package convenience init(
    evaluating dataset: Dataset, batchSize: Int, threads: Int = Loader.standardThreads
  ) {
    self.init(
      BatchRecipe(
        dataset: dataset, size: dataset.size, batchSize: batchSize,
        pipeline: AugmentationPipeline.none,
        sequence: BatchSequence(.listed(dataset.sets, batchSize: batchSize)), trains: false),
      firstBatch: 0, share: .whole, threads: threads)
  }

  private init(_ recipe: BatchRecipe, firstBatch: Int, share: BatchShare, threads: Int) {
    precondition(threads > 0, "a loader has at least one thread")
    shape = recipe.shape
    sequence = recipe.sequence
    batchesPerPass = sequence.batchesPerPass
    self.firstBatch = firstBatch
    self.share = share
    let ring = BatchRing(
      shape: shape, planes: recipe.truth.planes, mixes: recipe.pipeline.mixesLabels)
    self.ring = ring
    do throws(SystemThreadError) {
      self.threads = try LoaderThreads(threads) {
        var assembler = BatchAssembler(recipe)
        ring.work { number, position, memory throws(DataError) in
          try assembler.fill(
            memory, batch: firstBatch + share.batch(number), position: position)
        }
      }
    } catch {
      self.threads = nil
      ring.fail(DataError(error))
    }
  }

  /// Each thread ends with the sample that it is at.
  deinit {
    ring.close()
    threads?.join()
  }

  /// The next batch; the one before is no longer valid.
  ///
  /// - Throws: ``DataError`` where a file had to be read again and could not, or has changed: that
  ///   of the first such sample in the order of the batches, once all batches before it were given.
  ///   Every later call throws it again.
  package func next() throws(DataError) -> Batch {
    let memory = try ring.take()
    defer { taken += 1 }
    return Batch(
      images: memory.image, labels: memory.labels,
      count: sequence.count(batch: firstBatch + share.batch(taken)),
      mixedLabels: memory.mixedLabels)
  }
}
