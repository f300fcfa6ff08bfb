internal import Datasets
import Foundation
internal import Groundwork
internal import Tracking
internal import Training

/// Applies a trained run, or several together, to images and writes what it says of them.
///
/// Images are read on threads ahead of the network and results are written on threads behind it. An image
/// that cannot be read is told of and left out; the others go on.
struct Prediction {
  let runs: TrainedRuns
  let images: UnlabelledImages
  let tiling: Tiling
  let outputs: [PredictionOutput]
  /// Of overlays.
  let style: OverlayStyle
  let folder: PredictionFolder
  let maskFormat: MaskFormat
  let threads: Int
  /// What is set otherwise than the spec of the first run has it.
  let overrides: [String]
  /// Empty where nothing is written about all images.
  let summary: PredictionSummary

  struct Outcome {
    var predicted = 0
    /// Done by an earlier command.
    var skipped = 0
    var isInterrupted = false
    /// Images that could not be read, with the reasons.
    var failures: [DataProblem] = []
    var seconds = 0.0
  }

  /// - Parameter progress: told how many images of how many are done; says whether to go on.
  func run(progress: (_ done: Int, _ all: Int) -> Control) throws -> Outcome {
    try folder.prepare(for: content)
    let summary = summary
    let masks =
      outputs.contains(.mask)
      ? try MaskPlan(images, maskFormat) : MaskPlan(images: images.samples.count)
    let writer = PredictionWriter(
      folder: folder.path, outputs: outputs, classes: trained.input.classes,
      palette: trained.trial.spec.data.palette, task: trained.trial.spec.task, style: style,
      masks: masks)
    var outcome = Outcome()
    let pending = withVolumes(
      masks.withStacks(images.samples.indices.filter { !isDone($0, writer) }))
    outcome.skipped = images.samples.count - pending.count
    guard !pending.isEmpty else { return outcome }
    let predictor = try ImagePredictor(
      runs.networks(threads: threads), tiling: tiling, volumes: images.samples.volumes,
      shownChannels: trained.trial.spec.data.stack.shownImage.range,
      wantsProbabilities: outputs.contains { [.probabilities, .probabilityImages].contains($0) })
    let start = ProcessInfo.processInfo.systemUptime
    let writing = try WriteBehind(threads: 2, limit: 4)
    let ahead = try ReadAhead(
      pending.map { images.samples[$0] },
      ImageReader(trained.trial.dataConfiguration(results: "")))
    // Those that are shown below their predictions.
    var shown: [Int: Raster] = [:]
    func keep(_ index: Int, _ predicted: PredictedImage) throws {
      let (name, image) = (images.names[index], shown.removeValue(forKey: index))
      let fileName = images.fileName(of: index)
      try writing.add {
        let objects = summary.isEmpty ? [] : writer.objects(in: predicted)
        try writer.write(predicted, objects, of: image, named: name, index)
        guard !summary.isEmpty else { return }
        summary.add(
          ImageSummary(
            name: name, fileName: fileName,
            labels: writer.task.classLabels(predicted.labels, area: predicted.size.area),
            size: predicted.size,
            hasPlanes: writer.hasMasksOfClasses, classes: writer.classes.count, objects: objects))
      }
      outcome.predicted += 1
      if progress(outcome.predicted, pending.count) == .stop { outcome.isInterrupted = true }
    }
    func fail(_ index: Int, _ problems: [DataProblem]) {
      outcome.failures += problems
      masks.places[index]?.stack.abandon()
    }
    for (number, index) in pending.enumerated() where !outcome.isInterrupted {
      switch ahead.take(number) {
      case .success(let image):
        if let problem = problem(with: image, images.samples[index]) {
          // A slice that is missing leaves nothing of its volume.
          if tiling.extent.rank == 3 { throw DataError(problem) }
          fail(index, [problem])
          continue
        }
        if outputs.contains(.overlay) { shown[index] = shownImage(image) }
        try predictor.predict(image, index: index, receive: keep)
      case .failure(let error) where tiling.extent.rank == 3: throw error
      case .failure(let error): fail(index, error.problems)
      }
    }
    ahead.close()
    try predictor.finish(receive: keep)
    try writing.finish()
    outcome.seconds = ProcessInfo.processInfo.systemUptime - start
    if !outcome.isInterrupted { try summary.write(to: folder.path) }
    return outcome
  }

  /// The run that says how images are read and shown.
  private var trained: TrainedRun { runs.first }

  /// A network of volumes sees all slices of one where any is asked for.
  private func withVolumes(_ pending: [Int]) -> [Int] {
    guard tiling.extent.rank == 3 else { return pending }
    let asked = Set(pending)
    return images.samples.volumes.filter { $0.contains(where: asked.contains) }.flatMap {
      Array($0)
    }
  }

  /// What is written about all images leaves none out.
  private func isDone(_ index: Int, _ writer: PredictionWriter) -> Bool {
    guard summary.isEmpty else { return false }
    return folder.holds(
      writer.files(of: images.names[index], index), madeOf: images.samples[index].imageFiles)
  }

  /// Samples of another depth mean other values.
  private func problem(with image: ImageReader.Image, _ sample: ListedSample) -> DataProblem? {
    let size = image.raster.size
    if trained.trial.spec.task.findsObjects, tiling.tiles(of: size).count > 1 {
      return DataProblem(
        "image \(sample.imageName) is \(size), and \(trained.run.name) finds objects in whole images of "
          + "\(tiling.size) at most: train on data.size, which resizes images, or cut this one")
    }
    let trainedOn = trained.input.normalizer.pixels.depth
    guard image.raster.depth != trainedOn else { return nil }
    return DataProblem(
      "image \(sample.imageName) is \(image.raster.depth.description), those that "
        + "\(trained.run.name) was trained on are \(trainedOn.description): save it in that depth")
  }

  private func shownImage(_ image: ImageReader.Image) -> Raster {
    trained.input.normalizer.pixels.shown(image.raster)
      .channels(trained.trial.spec.data.stack.shownImage.range)
  }

  private var content: PredictionFolder.Content {
    let palette = trained.trial.spec.data.palette
    return PredictionFolder.Content(
      runs: runs.members, outputs: outputs, maskFormat: maskFormat == .auto ? nil : maskFormat,
      style: outputs.contains(.overlay) ? style : nil,
      classes: PredictionFolder.Content.colours(of: trained.input.classes, palette),
      tiles: tiling.extent.extents, stride: tiling.steps.extents, window: tiling.window.rawValue,
      overrides: overrides, program: Program.version)
  }
}
