internal import CKernels
internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Networks
internal import Tasks

/// Labels the slices of volumes with a network of volumes, as its evaluations do: tiles slab by slab, and what is
/// said of a slice in them averaged. Slices that no later slab reaches are given out and forgotten, so that memory
/// holds as many slices as a tile is deep, however many the volume has.
///
/// Letters: N batch, P planes, K classes, D depth of a tile, H height, W width.
final class VolumePredictor {
  private let predictor: any BatchPredictor
  private let normalizer: Normalizer
  private let task: any SegmentationTask
  private let postprocessing: [any Postprocessing]
  private let refinement: BatchRefinement?
  private let truth: Truth
  private let tiling: Tiling
  private let wantsProbabilities: Bool
  private let shownChannels: Range<Int>
  /// The volumes by the numbers of their slices.
  private let volumes: [Range<Int>]
  private let images: HostBuffer
  private let stitchers: StitcherPool
  /// The slices that a slab is waiting for, by their numbers.
  private var slices: [Int: ImageReader.Image] = [:]
  private var tile = Raster()
  private var plain: [Float] = []
  /// For slices of the size of the last one.
  private var predictions: PredictionMap?

  init(
    _ predictor: any BatchPredictor, task: any SegmentationTask,
    postprocessing: [any Postprocessing], truth: Truth, normalizer: Normalizer, tiling: Tiling,
    volumes: [Range<Int>], shownChannels: Range<Int>, wantsProbabilities: Bool
  ) {
    self.predictor = predictor
    self.task = task
    self.postprocessing = postprocessing
    self.truth = truth
    self.normalizer = normalizer
    self.tiling = tiling
    self.volumes = volumes
    self.shownChannels = shownChannels
    self.wantsProbabilities = wantsProbabilities
    refinement = BatchRefinement(postprocessing, task: task, threads: predictor.threads)
    images = HostBuffer(bytes: predictor.input.bytes)
    stitchers = StitcherPool {
      PatchStitcher(
        predictor.headLayouts, averagesLogits: task.decodesSingleLogits, planes: truth.planes,
        depth: tiling.extent.depth, threads: predictor.threads, window: tiling.window)
    }
  }

  /// Takes the next slice on, and gives out those that are done by it.
  ///
  /// - Parameter receive: called with the number of each slice that is done, in their order.
  /// - Precondition: the slices of a volume come one after the other, from the first to the last.
  func predict(
    _ slice: ImageReader.Image, index: Int, receive: (Int, PredictedImage) throws -> Void
  ) rethrows {
    guard let volume = volumes.first(where: { $0.contains(index) }) else {
      preconditionFailure("slice \(index) is of no volume")
    }
    slices[index] = slice
    let slabs = tiling.patches.slabs(of: volume.count)
    for (place, slab) in slabs.enumerated() where volume.lowerBound + slab.upperBound == index + 1 {
      predict(slab: volume.lowerBound + slab.lowerBound..<index + 1)
      let next = place + 1 < slabs.count ? slabs[place + 1].lowerBound : volume.count
      for done in volume.lowerBound + slab.lowerBound..<volume.lowerBound + next {
        guard let slice = slices.removeValue(forKey: done) else { continue }
        try receive(done, result(of: slice, stitchers.finish(done).batch))
      }
    }
  }

  private func predict(slab: Range<Int>) {
    guard let size = slices[slab.lowerBound]?.raster.size else { return }
    let tiles = tiling.tiles(of: size)
    let batch = predictor.input.shape.batch
    let count = predictor.input.shape.count / batch
    for first in stride(from: 0, to: tiles.count, by: batch) {
      let patches = tiles[first..<min(first + batch, tiles.count)]
      for (position, patch) in patches.enumerated() {
        write(patch, of: slab, to: images.floats + position * count)
      }
      (images.floats + patches.count * count)
        .update(repeating: 0, count: (batch - patches.count) * count)
      let predicted = predictor.predict(images.floats)
      for (position, patch) in patches.enumerated() {
        for (place, slice) in slab.enumerated() {
          stitchers.stitcher(of: slice, size)
            .add(predicted, labels: nil, position: position, patch, slice: place)
        }
      }
    }
  }

  /// Writes a tile as the network takes it, `[C, D, H, W]`.
  private func write(_ patch: Patch, of slab: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    let (area, depth) = (patch.size.area, tiling.extent.depth)
    for (place, slice) in tiling.patches.places(in: slab).enumerated() {
      guard let raster = slices[slice]?.raster else { continue }
      raster.cut(patch, into: &tile)
      plain.resize(to: raster.channels * area)
      plain.withUnsafeMutableBufferPointer { plain in
        guard let start = plain.baseAddress else { return }
        normalizer.apply(to: tile, into: start)
        for channel in 0..<raster.channels {
          (target + (channel * depth + place) * area)
            .update(from: start + channel * area, count: area)
        }
      }
    }
  }

  private func result(of slice: ImageReader.Image, _ batch: PredictedBatch) -> PredictedImage {
    let size = slice.raster.size
    let predictions = predictionMap(of: size)
    let layout = predictions.layout
    let logits = batch.decoded(by: task)
    let count = layout.shape.count
    var result = PredictedImage(size: size, planes: truth.planes, classes: nil)
    if let refinement {
      let refined = refinement.refined(
        refinement.probabilities(of: logits, layout), size,
        image: refinement.looksAtImage ? shown(slice.raster) : nil)
      result.labels = [Label].filled(count: result.labels.count) {
        task.decode(refined.decodable, layout, into: $0, threads: predictor.threads)
      }
      if wantsProbabilities { result.probabilities = refined.values }
    } else {
      predictions.update(logits)
      result.labels = Array(predictions.classes)
      if wantsProbabilities {
        result.probabilities = [Float].filled(count: count) {
          ck_probabilities(logits, task.decodesSingleLogits ? 1 : 0, count, $0)
        }
      }
    }
    result.labels = postprocessing.applied(to: result.labels, size: size, truth)
    return result
  }

  /// As people see it.
  private func shown(_ raster: Raster) -> Raster {
    normalizer.pixels.shown(raster).channels(shownChannels)
  }

  private func predictionMap(of size: Size) -> PredictionMap {
    let layout = stitchers.headLayouts(size)[0].layout
    if let predictions, predictions.layout == layout { return predictions }
    let map = task.predictions(logits: layout, truth: truth, threads: predictor.threads)
    predictions = map
    return map
  }
}
