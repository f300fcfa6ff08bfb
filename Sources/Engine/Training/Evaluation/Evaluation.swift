package import Datasets
internal import Execution
internal import Groundwork
package import Learning
package import Measurements
package import Networks
package import Tasks

/// Measures a network on a data set: losses, the confusion matrix and the metrics,
/// with running statistics and without the augmentation of training.
///
/// All of it is of whole images, whether they are cut into patches or not, and none of it depends on
/// how they come in batches. Of volumes the images are their slices. Losses are taken of each image by itself (``EvaluatedLosses``). Where the
/// data are several sets with names, each is measured like all of them together.
package final class Evaluation {
  private let predictor: any BatchPredictor
  private let task: any SegmentationTask
  private let postprocessing: [any Postprocessing]
  private let data: Dataset
  private let images: [WholeImage]
  /// `[images]`: how far the pixels of each are apart; empty where distances are in pixels.
  private let spacings: [PixelSpacing]
  /// `[samples]`: the images that each shows.
  private let shown: [Range<Int>]
  /// `nil` where a sample is an image.
  private let stitchers: StitcherPool?
  private let makeLosses: MakeLosses
  /// For the images that were judged last.
  private var judge: EvaluationJudge
  /// Of all the data, and behind that of each set that has a name.
  private let sums: [EvaluationSums]
  /// `[images]`: the places among the sums of the set that each image is of; `nil` where there are no
  /// names.
  private let sets: [Int?]
  /// The step whose weights the losses have.
  private var step = (number: 0, perEpoch: 1)
  /// At the beginning of a pass; `nil` before the first.
  private var loader: Loader?
  /// The images that are looked at, by their places in the list.
  package let previewedImages: [Int]
  private let region: PreviewSelection.Region?
  /// What the last pass predicted of them, in the order of the list.
  package private(set) var previews: [PreviewedPrediction] = []

  /// Prepares the losses for single images of the size of a batch of heads.
  package typealias MakeLosses = ([HeadLayout]) throws -> LossSum

  /// - Parameter predictor: has its memory, or will have it before the evaluation runs.
  package init(
    predictor: any BatchPredictor, task: any SegmentationTask, settings: EvaluationSettings,
    data: Dataset, classNames: [String], averagesLogits: Bool, makeLosses: @escaping MakeLosses
  ) throws {
    self.predictor = predictor
    self.task = task
    postprocessing = settings.postprocessing
    self.data = data
    self.makeLosses = makeLosses
    let images = data.wholeImages
    self.images = images
    let extents = data.pixelExtents(of: images)
    spacings = (extents?.images ?? []).map { PixelSpacing(height: $0.height, width: $0.width) }
    shown = data.imagesShown(of: images)
    let threads = predictor.threads
    let stitchers =
      images.count == data.count && images.allSatisfy { $0.size == data.size }
      ? nil
      : StitcherPool {
        PatchStitcher(
          predictor.headLayouts, averagesLogits: averagesLogits, planes: data.truth.planes,
          depth: data.extent.depth, threads: threads)
      }
    self.stitchers = stitchers
    previewedImages = try settings.previews?.places(among: images.map(\.name)) ?? []
    region = settings.previews?.region
    let heads = stitchers?.headLayouts(images[0].size) ?? predictor.headLayouts
    judge = EvaluationJudge(
      heads[0].layout, losses: try makeLosses(heads), task: task, truth: data.truth,
      postprocessing: postprocessing, threads: threads)
    let names = images.map { data.samples[$0.samples.lowerBound].set }
    let all = [nil] + data.setNames.map { Optional($0) }
    let losses = judge.losses.names
    sums = all.map { set in
      EvaluationSums(
        set: set,
        images: zip(images, names).filter { set == nil || $1 == set }.map(\.0.name),
        losses: losses, settings: settings, classNames: classNames, truth: data.truth,
        lengthUnit: extents?.unit, threads: threads)
    }
    sets = names.map { name in name.flatMap { all.firstIndex(of: $0) } }
  }

  /// Takes the weights that the losses have in a step, 0 for the first.
  func weigh(step: Int, stepsPerEpoch: Int) {
    self.step = (step, stepsPerEpoch)
    judge.losses.weigh(step: step, stepsPerEpoch: stepsPerEpoch)
  }

  /// The weights of losses whose weight changes.
  var changingWeights: [NamedLoss] { judge.losses.changingWeights }

  /// - Parameter progress: called after every batch with the number of samples done; returns
  ///   whether to go on.
  /// - Returns: `nil` where `progress` said to stop.
  package func run(progress: (Int) throws -> Control) throws -> [Measurement]? {
    let shape = predictor.logitsLayout.shape
    let loader = self.loader ?? Loader(evaluating: data, batchSize: shape.batch)
    self.loader = nil
    for sum in sums { sum.begin(losses: judge.losses.names) }
    previews = []
    stitchers?.abandon()
    var done = 0
    while done < data.count {
      let batch = try loader.next()
      let predicted = predictor.predict(batch.images)
      if let stitchers {
        for position in 0..<batch.count {
          let sample = done + position
          add(sample, position, of: batch, predicted, to: stitchers)
          for image in shown[sample] where images[image].samples.upperBound == sample + 1 {
            try judgeImage(image, stitchers)
          }
        }
      } else {
        try judge.judge(
          predicted, labels: batch.labels, images: batch.count,
          spacings: spacings(ofImagesFrom: done, count: batch.count), into: sums(ofImage: done)
        ) { try data.image(done + $0) }
        keepPreviews(ofImagesFrom: done, count: batch.count)
      }
      done += batch.count
      guard try progress(done) == .proceed else { return nil }
    }
    self.loader = loader
    return sums.flatMap(\.measurements)
  }

  /// What an image is part of; a batch has images of one set.
  private func sums(ofImage image: Int) -> [EvaluationSums] {
    [sums[0]] + (sets[image].map { [sums[$0]] } ?? [])
  }

  private func spacings(ofImagesFrom first: Int, count: Int) -> [PixelSpacing] {
    spacings.isEmpty ? [] : Array(spacings[first..<first + count])
  }

  /// Of the images that were judged last.
  private func keepPreviews(ofImagesFrom first: Int, count: Int) {
    for number in 0..<count where previewedImages.contains(first + number) {
      let cut = PreviewCut(region, of: judge.layout.shape.size)
      let labels = judge.labels(of: number)
      previews.append(
        PreviewedPrediction(
          image: first + number, labels: cut.cut(planes: labels), size: cut.size))
    }
  }

  /// Adds a patch to the images that it shows.
  private func add(
    _ sample: Int, _ position: Int, of batch: Batch, _ predicted: PredictedBatch,
    to stitchers: StitcherPool
  ) {
    for (slice, image) in shown[sample].enumerated() {
      stitchers.stitcher(of: image, images[image].size)
        .add(
          predicted, labels: batch.labels, position: position, data.patch(of: sample), slice: slice)
    }
  }

  /// Judges an image that is put together.
  private func judgeImage(_ image: Int, _ stitchers: StitcherPool) throws {
    try prepare(for: images[image].size, stitchers)
    let whole = stitchers.finish(image)
    try judge.judge(
      whole.batch, labels: whole.labels, images: 1,
      spacings: spacings(ofImagesFrom: image, count: 1),
      into: sums(ofImage: image)
    ) { _ in try data.wholeImage(image).raster }
    keepPreviews(ofImagesFrom: image, count: 1)
  }

  /// Images of another size want losses and memory of their own.
  private func prepare(for size: Size, _ stitchers: StitcherPool) throws {
    let heads = stitchers.headLayouts(size)
    let layout = heads[0].layout
    guard judge.layout.shape != layout.shape else { return }
    let losses = try makeLosses(heads)
    losses.weigh(step: step.number, stepsPerEpoch: step.perEpoch)
    judge = EvaluationJudge(
      layout, losses: losses, task: task, truth: data.truth,
      postprocessing: postprocessing, threads: predictor.threads)
  }
}
