internal import Groundwork
internal import Measurements
internal import Tasks
internal import Tracking
internal import Training

extension ReportPredictions {
  /// The worst of the images whose predictions a run's record has, drawn small enough for a page.
  ///
  /// They are those of the run's best evaluation, or of the last where the best was not kept.
  ///
  /// - Parameter count: how many are drawn at most.
  /// - Returns: `nil` where none is recorded.
  /// - Throws: ``Failure`` where what is recorded is no image.
  init?(_ run: RunRecord, store: FolderStore, count: Int) throws {
    guard count > 0, let record = try store.previews(of: run), let last = record.evaluations.last,
      let spec = try? Trial(run.trial).spec
    else { return nil }
    let best = run.history?.best(of: run.trial.objective)?.point.step
    let evaluation = record.evaluations.first { $0.point.step == best } ?? last
    let candidates = try record.images.enumerated().map { number, image in
      try PredictedImage(image, predicted: evaluation.predictions[number])
    }
    let worst = candidates.enumerated().sorted {
      ($1.element.wrong, $0.offset) < ($0.element.wrong, $1.offset)
    }.prefix(count)
    let palette = spec.data.palette
    self.init(
      run: run.name, epoch: evaluation.point.epochText,
      images: try worst.map { try $0.element.drawn(spec.task, palette) },
      recorded: candidates.count,
      classes: spec.data.classNames.enumerated().map { id, name in
        let colour = palette.colour(of: Label(id)).components
        return ClassColour(name, PlotColour(colour[0], colour[1], colour[2]))
      })
    course = try PredictionCourse(of: worst.map(\.offset), in: record, spec.task, palette)
  }
}

extension PredictionCourse {
  /// Evaluations of which predictions are drawn at most: a few thousand bytes for each image.
  private static let mostSteps = 10

  /// - Parameter images: their places in the record.
  fileprivate init(
    of images: [Int], in record: PreviewRecord, _ task: any SegmentationTask,
    _ palette: ClassPalette
  ) throws {
    let places = Self.places(of: record.evaluations.count, atMost: Self.mostSteps)
    self.init(
      steps: try places.map { place in
        let evaluation = record.evaluations[place]
        return Step(
          epoch: evaluation.point.epochText,
          predictions: try images.map { number in
            let image = try PredictedImage(
              record.images[number], predicted: evaluation.predictions[number])
            return Prediction(
              name: image.name, image: try image.prediction(task, palette), wrong: image.wrong)
          })
      })
  }
}

/// An image with what is known and what was predicted of it.
private struct PredictedImage {
  let name: String
  let photograph: Raster
  let truth: [Label]
  let predicted: [Label]
  /// The share of the pixels of which something is known.
  let wrong: Double

  /// Pixels of the longer side, and how well photographs are kept.
  private static let (side, quality) = (320, 80)
  /// Up to here a photograph is kept as it is.
  private static let exactSide = 128

  init(_ image: PreviewRecord.Image, predicted: [UInt8]) throws(Failure) {
    name = image.name
    photograph = try PreviewImages.raster(image.image).converted(toChannels: 3)
    let truth = try PreviewImages.labels(image.truth)
    let predicted = try PreviewImages.labels(predicted)
    (self.truth, self.predicted) = (truth, predicted)
    guard truth.count == predicted.count else {
      throw Failure(.damagedStore, "error: a recorded preview and its truth differ in size")
    }
    let known = truth.indices.filter { truth[$0] != Labels.ignoreIndex }
    wrong =
      known.isEmpty
      ? 0 : Double(known.count { truth[$0] != predicted[$0] }) / Double(known.count)
  }

  func drawn(
    _ task: any SegmentationTask, _ palette: ClassPalette
  ) throws -> ReportPrediction {
    let size = photograph.size
    return ReportPrediction(
      name: name, wrong: wrong, image: try Self.photograph(photograph),
      truth: try Self.labels(task.drawing(of: truth, size, palette)),
      prediction: try prediction(task, palette),
      errors: try Self.photograph(
        task.drawing(of: predicted, against: truth, size, over: photograph)))
  }

  func prediction(_ task: any SegmentationTask, _ palette: ClassPalette) throws -> ReportImage {
    try Self.labels(task.drawing(of: predicted, photograph.size, palette))
  }

  private static func photograph(_ raster: Raster) throws -> ReportImage {
    let raster = small(raster)
    let isExact = max(raster.size.height, raster.size.width) <= exactSide
    return ReportImage(
      isExact ? .png : .jpeg,
      try isExact ? ImageFile.png(raster) : ImageFile.jpeg(raster, quality: quality),
      width: raster.size.width, height: raster.size.height)
  }

  /// Flat colours, which a PNG keeps exactly in a few thousand bytes.
  private static func labels(_ raster: Raster) throws -> ReportImage {
    let raster = small(raster)
    return ReportImage(
      .png, try ImageFile.png(raster), width: raster.size.width, height: raster.size.height)
  }

  private static func small(_ raster: Raster) -> Raster {
    let longest = max(raster.size.height, raster.size.width)
    guard longest > side else { return raster }
    func scaled(_ extent: Int) -> Int { max(1, (extent * side + longest / 2) / longest) }
    return raster.resized(
      to: Size(height: scaled(raster.size.height), width: scaled(raster.size.width)))
  }
}
