internal import CKernels
package import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Networks
internal import Tasks

/// Labels whole images of any size with a trained network, as its evaluations do: the same batches, the
/// same tiles, the same bits.
///
/// Tiles of one image after the other fill the batches; what comes out does not depend on which images
/// share one. Memory does not grow with the number of images, and with the height of one by its labels
/// alone, unless probabilities are asked for. Of a network of volumes the images are slices, which
/// ``VolumePredictor`` labels.
///
/// Letters: N batch, P planes, K classes, H height, W width.
package final class ImagePredictor {
  private let predictor: any BatchPredictor
  private let normalizer: Normalizer
  private let task: any SegmentationTask
  private let postprocessing: [any Postprocessing]
  /// `nil` where nothing looks at probabilities.
  private let refinement: BatchRefinement?
  private let truth: Truth
  private let tiling: Tiling
  private let wantsProbabilities: Bool
  /// The channels of images that people, and steps of postprocessing, are shown.
  private let shownChannels: Range<Int>
  private let images: HostBuffer
  private let predictions: PredictionMap
  private let stitcher: BandStitcher
  /// `nil` for a network of images.
  private let volumes: VolumePredictor?
  /// The tiles that wait for the batch to fill.
  private var waiting: [(image: Waiting, patch: Patch)] = []
  private var tile = Raster()

  /// An image some tiles of which were not predicted yet.
  private final class Waiting {
    let index: Int
    let shown: Size
    let originalSize: Size
    let tiles: [Patch]
    var done = 0
    var result: PredictedImage
    /// `[K, H, W]` in the size that the network sees, where labels do not follow at once: the probabilities
    /// where that is another size, and what the task decodes where something looks at these before.
    var seen: [Float] = []
    /// As people see it, where something looks at it.
    var image: Raster?

    init(
      _ index: Int, shown: Size, originalSize: Size, tiles: [Patch], result: PredictedImage
    ) {
      (self.index, self.shown, self.originalSize) = (index, shown, originalSize)
      (self.tiles, self.result) = (tiles, result)
    }

    /// True where one tile is the image, to the pixel.
    var isOneTile: Bool { tiles.count == 1 && tiles[0].size == shown }
  }

  /// - Parameters:
  ///   - networks: the first says how images are shown, decoded and changed afterwards.
  ///   - tiling: how images are cut that are not of a tile's size.
  ///   - volumes: which images, by their numbers, are the slices of one volume; asked of networks of volumes
  ///     alone.
  ///   - shownChannels: the channels of images that people are shown: 1 or 3.
  ///   - wantsProbabilities: whether the probabilities of all classes are given with the labels.
  /// - Throws: ``TrainingError`` where a network cannot see tiles of that extent, or a tensor is missing.
  package convenience init(
    _ networks: TrainedNetworks, tiling: Tiling, volumes: [Range<Int>] = [],
    shownChannels: Range<Int>, wantsProbabilities: Bool = false
  ) throws {
    self.init(
      try networks.predictor(of: tiling.extent), of: networks.first.configuration,
      input: networks.first.input, tiling: tiling, volumes: volumes, shownChannels: shownChannels,
      wantsProbabilities: wantsProbabilities)
  }

  /// - Parameters:
  ///   - predictor: of tiles of the tiling's size, with its memory.
  ///   - configuration: says how images are decoded and changed afterwards.
  init(
    _ predictor: any BatchPredictor, of configuration: TrainingConfiguration, input: TrainedInput,
    tiling: Tiling, volumes: [Range<Int>] = [], shownChannels: Range<Int>,
    wantsProbabilities: Bool = false
  ) {
    let classes = input.classes.count
    self.predictor = predictor
    self.shownChannels = shownChannels
    task = configuration.task
    postprocessing = configuration.evaluation.postprocessing
    refinement = BatchRefinement(postprocessing, task: task, threads: predictor.threads)
    truth = task.truth(classes: classes)
    normalizer = input.normalizer
    self.tiling = tiling
    self.wantsProbabilities = wantsProbabilities
    images = HostBuffer(bytes: predictor.input.bytes)
    predictions = task.predictions(
      logits: predictor.logitsLayout, truth: truth, threads: predictor.threads)
    stitcher = BandStitcher(
      predictor.logitsLayout, averagesLogits: task.decodesSingleLogits,
      window: tiling.window, threads: predictor.threads)
    self.volumes =
      tiling.extent.rank == 3
      ? VolumePredictor(
        predictor, task: task, postprocessing: postprocessing, truth: truth,
        normalizer: normalizer, tiling: tiling, volumes: volumes, shownChannels: shownChannels,
        wantsProbabilities: wantsProbabilities) : nil
  }

  private var batch: Int { predictor.input.shape.batch }
  /// The values of one image of a batch.
  private var imageCount: Int { predictor.input.shape.count / batch }
  private var classes: Int { predictor.logitsLayout.shape.channels }

  /// Takes an image on, and gives out those that are done by it. The slices of a volume come one after the
  /// other, none left out.
  ///
  /// - Parameter receive: called with the number of each image that is done, in their order.
  package func predict(
    _ image: ImageReader.Image, index: Int, receive: (Int, PredictedImage) throws -> Void
  ) rethrows {
    if let volumes { return try volumes.predict(image, index: index, receive: receive) }
    let shown = image.raster.size
    let next = Waiting(
      index, shown: shown, originalSize: image.originalSize, tiles: tiling.tiles(of: shown),
      result: PredictedImage(
        size: image.originalSize, planes: truth.planes,
        classes: wantsProbabilities ? classes : nil))
    let isParted = task.decodesWholeImages && !task.findsObjects && !next.isOneTile
    let isResized = shown != image.originalSize && !task.findsObjects
    if isResized || refinement != nil || isParted {
      next.seen = Array(repeating: 0, count: classes * shown.area)
    }
    if refinement?.looksAtImage == true {
      next.image = normalizer.pixels.shown(image.raster).channels(shownChannels)
    }
    for patch in next.tiles {
      let target = images.floats + waiting.count * imageCount
      if next.isOneTile {
        normalizer.apply(to: image.raster, into: target)
      } else {
        image.raster.cut(patch, into: &tile)
        normalizer.apply(to: tile, into: target)
      }
      waiting.append((next, patch))
      if waiting.count == batch { try predictWaiting(receive) }
    }
  }

  /// Gives out the images that are still waiting.
  package func finish(receive: (Int, PredictedImage) throws -> Void) rethrows {
    if !waiting.isEmpty { try predictWaiting(receive) }
  }

  private func predictWaiting(_ receive: (Int, PredictedImage) throws -> Void) rethrows {
    (images.floats + waiting.count * imageCount)
      .update(repeating: 0, count: (batch - waiting.count) * imageCount)
    let logits = predictor.predict(images.floats).decoded(by: task)
    let whole = task.findsObjects || waiting.contains { $0.image.isOneTile }
    if whole, refinement == nil { predictions.update(logits) }
    let probabilities =
      whole ? refinement?.probabilities(of: logits, predictor.logitsLayout) : nil
    for (position, (image, patch)) in waiting.enumerated() {
      if let probabilities, image.isOneTile {
        image.done = 1
        let count = classes * image.shown.area
        image.seen = Array(probabilities[position * count..<(position + 1) * count])
      } else {
        add(patch, of: image, at: position, logits)
      }
      guard image.done == image.tiles.count else { continue }
      finish(image)
      image.result.labels = postprocessing.applied(
        to: image.result.labels, size: image.result.size, truth)
      try receive(image.index, image.result)
    }
    waiting.removeAll(keepingCapacity: true)
  }

  private func add(
    _ patch: Patch, of image: Waiting, at position: Int, _ logits: UnsafePointer<Float>
  ) {
    if task.findsObjects { return keepObjects(patch, of: image, at: position) }
    if image.done == 0 { stitcher.begin(image.shown) }
    image.done += 1
    let isWhole = image.isOneTile && image.seen.isEmpty
    if isWhole {
      let count = truth.planes * image.shown.area
      image.result.labels.withUnsafeMutableBufferPointer { labels in
        guard let target = labels.baseAddress, let source = predictions.classes.baseAddress else {
          return
        }
        target.update(from: source + position * count, count: count)
      }
      if !wantsProbabilities { return }
    }
    stitcher.add(logits, position: position, patch)
    let isLast = image.done == image.tiles.count
    guard isLast || image.tiles[image.done].top != patch.top else { return }
    let next = isLast ? image.shown.height : image.tiles[image.done].top
    keep(stitcher.takeRows(above: next), of: image, labels: !isWhole)
  }

  /// Objects are found in whole images; what lies beyond one that is smaller than a tile is left out.
  private func keepObjects(_ patch: Patch, of image: Waiting, at position: Int) {
    precondition(image.tiles.count == 1, "objects of several tiles cannot be put together")
    image.done = 1
    image.result.labels.withUnsafeMutableBufferPointer { labels in
      guard let target = labels.baseAddress, let source = predictions.classes.baseAddress else {
        return
      }
      PlaneResizing.nearest(
        source + position * truth.planes * patch.size.area, planes: truth.planes, of: patch.size,
        from: image.shown, to: image.originalSize, into: target)
    }
  }

  /// - Parameter labels: whether the labels of the rows are not known yet.
  private func keep(_ band: BandStitcher.Band, of image: Waiting, labels: Bool) {
    guard image.seen.isEmpty else {
      write(
        band, to: &image.seen, image.shown,
        asProbabilities: refinement == nil && !task.decodesNumbers)
      return
    }
    if labels { decode(band.logits, band.rows, into: &image.result) }
    guard var probabilities = image.result.probabilities else { return }
    image.result.probabilities = nil
    write(band, to: &probabilities, image.shown, asProbabilities: true)
    image.result.probabilities = probabilities
  }

  /// The probabilities of some rows, or what the task decodes, among those of the image.
  private func write(
    _ band: BandStitcher.Band, to planes: inout [Float], _ size: Size, asProbabilities: Bool
  ) {
    let area = band.rows.count * size.width
    for plane in 0..<classes {
      let start = plane * size.area + band.rows.lowerBound * size.width
      planes.withUnsafeMutableBufferPointer { planes in
        guard let target = planes.baseAddress else { return }
        let source = band.logits + plane * area
        guard asProbabilities else { return (target + start).update(from: source, count: area) }
        ck_probabilities(source, task.decodesSingleLogits ? 1 : 0, area, target + start)
      }
    }
  }

  /// - Parameter logits: `[K, R, W]` of these rows.
  private func decode(
    _ logits: UnsafePointer<Float>, _ rows: Range<Int>, into result: inout PredictedImage
  ) {
    let (width, area) = (result.size.width, result.size.area)
    let layout = TensorLayout(Shape(1, classes, rows.count, width))
    let decoded = [Label].filled(count: truth.planes * rows.count * width) {
      task.decode(logits, layout, into: $0, threads: predictor.threads)
    }
    for plane in 0..<truth.planes {
      let source = plane * rows.count * width
      let target = plane * area + rows.lowerBound * width
      result.labels.withUnsafeMutableBufferPointer { labels in
        decoded.withUnsafeBufferPointer { decoded in
          guard let to = labels.baseAddress, let from = decoded.baseAddress else { return }
          (to + target).update(from: from + source, count: rows.count * width)
        }
      }
    }
  }

  /// The labels of an image for which they did not follow at once.
  private func finish(_ image: Waiting) {
    guard !image.seen.isEmpty else { return }
    if let refinement {
      let layout = TensorLayout(Shape(1, classes, image.shown.height, image.shown.width))
      let probabilities =
        image.isOneTile ? image.seen : refinement.probabilities(of: image.seen, layout)
      image.seen = refinement.refined(probabilities, image.shown, image: image.image).values
      image.image = nil
    }
    if task.decodesNumbers { decodeAsSeen(image) } else { resize(image) }
  }

  /// Decodes an image in the size that the network sees, and brings the labels to the size of the file, each
  /// pixel taking that of the nearest.
  private func decodeAsSeen(_ image: Waiting) {
    let (from, to) = (image.shown, image.originalSize)
    var seen = PredictedImage(size: from, planes: truth.planes, classes: nil)
    decode(image.seen, 0..<from.height, into: &seen)
    image.seen = []
    guard from != to else {
      image.result.labels = seen.labels
      return
    }
    image.result.labels.withUnsafeMutableBufferPointer { labels in
      seen.labels.withUnsafeBufferPointer { seen in
        guard let target = labels.baseAddress, let source = seen.baseAddress else { return }
        PlaneResizing.nearest(
          source, planes: truth.planes, of: from, from: from, to: to, into: target)
      }
    }
  }

  /// Brings the probabilities to the size of the file, bilinearly, some rows at a time, and decodes them
  /// there.
  private func resize(_ image: Waiting) {
    let (from, to) = (image.shown, image.originalSize)
    let threads = Int32(predictor.threads)
    let scratch = HostBuffer(
      floats: ck_resize_planes_scratch(
        Int32(from.height), Int32(from.width), Int32(to.height), Int32(to.width), threads))
    let step =
      task.decodesWholeImages ? to.height : max(1, min(to.height, (1 << 22) / (classes * to.width)))
    let rows = HostBuffer(floats: classes * step * to.width)
    for first in stride(from: 0, to: to.height, by: step) {
      let range = first..<min(first + step, to.height)
      let area = range.count * to.width
      ck_resize_rows(
        image.seen, Int32(classes), Int32(from.height), Int32(from.width), rows.floats,
        Int32(to.height), Int32(to.width), Int32(first), Int32(range.count), scratch.floats, threads
      )
      if wantsProbabilities { keepProbabilities(rows.floats, range, &image.result) }
      if task.decodesSingleLogits {
        // More probable than not is what lies above 0 then.
        for place in 0..<(classes * area) { rows.floats[place] -= 0.5 }
      } else if task.decodesWholeImages {
        ck_tta_mean(rows.floats, classes * area, 1, 1, threads)
      }
      decode(UnsafePointer(rows.floats), range, into: &image.result)
    }
    image.seen = []
  }

  private func keepProbabilities(
    _ values: UnsafeMutablePointer<Float>, _ rows: Range<Int>, _ result: inout PredictedImage
  ) {
    let (width, area) = (result.size.width, result.size.area)
    result.probabilities?.withUnsafeMutableBufferPointer { planes in
      guard let target = planes.baseAddress else { return }
      for plane in 0..<classes {
        (target + plane * area + rows.lowerBound * width)
          .update(from: values + plane * rows.count * width, count: rows.count * width)
      }
    }
  }
}
