import ArgumentParser
internal import Datasets
import Foundation
internal import Groundwork
internal import Tasks
import Tracking
internal import Training

/// Applies a trained run to images.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Label images with a trained run: masks, overlays, probabilities, polygons, tables.",
    discussion: """
      experiments predict nuclei/3 photo.png --output predicted
      experiments predict @best:nuclei images/ --output predicted --mask --overlay
      experiments predict nuclei/3 test.txt --output predicted --csv --pixel-size 0.25um
      experiments predict nuclei/3 images/ --output predicted --polygons --objects
      experiments predict nuclei/3 'scan.h5:/raw[0:64]' --output predicted
      experiments predict nuclei/3 brain.nii.gz --output predicted
      experiments predict nuclei --ensemble images/ --output predicted
      experiments predict rooms/1 room.ply --output labelled

      Images go through what the run's validation images went through: the recorded normalization, \
      the same size or patches, the weights of its best evaluation. Images of another size than the \
      network's are cut into tiles that overlap, and what is said of the tiles is averaged, so that \
      images may be larger than memory; where the spec resizes images, predictions are brought back \
      to the size of the file. Results have the names of the images, in their folders.

      A mask is a PNG of class ids whose palette has the classes' colours; where a pixel may be of \
      several classes there is one PNG of 0 and 255 for each. Masks of TIFFs are TIFFs with the tags \
      of GeoTIFF and the resolution of the image; masks of NIfTI, NRRD, MetaImage and MRC are NIfTI \
      in the place of the volume. Of list files (.txt) the images are taken. The same command goes on where it was stopped; \
      a folder of other files is left alone. Of clouds of points each file becomes a PLY whose points have a class and its colour. \
      Tables and coco.json are about all images, so that all are predicted again for them.

      An object is a set of pixels of one class that touch at sides or corners; class 0 makes none \
      where a pixel has one class. Polygons run along the sides of pixels, y pointing down.
      """)

  @Argument(
    help: "The run: an id, experiment/number, @last or @best:experiment; with --ensemble several.",
    completion: .runs)
  var selector: String

  @Argument(
    help:
      "Images, folders of images, list files (.txt), volumes and slices of them (scan.h5:/raw[0:64])."
  )
  var images: [String]

  @Option(
    name: [.customShort("o"), .long], help: ArgumentHelp("Where to.", valueName: "folder"),
    completion: .directory)
  var output: String

  @Flag(help: "Write masks of class ids; what is written unless something else is asked for.")
  var mask = false

  @Option(
    help: ArgumentHelp(
      """
      The format of masks: png, tiff, nifti, or auto for TIFF of TIFFs, NIfTI of volumes whose voxels have \
      an extent, and else PNG. Slices of one volume that follow each other become one file.
      """, valueName: "name"))
  var maskFormat = MaskFormat.auto

  @Flag(help: "Write the classes' colours.")
  var color = false

  @Flag(help: "Write the colours over the image, with lines where classes meet, and a legend.")
  var overlay = false

  @Option(
    help: ArgumentHelp("How strongly classes tint overlays; default: 0.6.", valueName: "0…1"))
  var opacity: Double?

  @Option(
    help: ArgumentHelp(
      "The width of the lines where classes meet in overlays, 0 for none; default: 1.",
      valueName: "pixels"))
  var outlines: Int?

  @Flag(help: "Write the probabilities of all classes, HDF5 in float32.")
  var probabilities = false

  @Flag(help: "Write the probabilities of each class as a PNG of 16 bits, 65535 for 1.")
  var probabilityImages = false

  @Flag(
    help: """
      Write the objects as polygons: NAME.geojson for each image, which QuPath reads, and coco.json.
      """)
  var polygons = false

  @Flag(help: "Write objects.csv: pixels, bounding box and centroid of each object.")
  var objects = false

  @Flag(help: "Write prediction.csv: pixels, share and objects of each class in each image.")
  var csv = false

  @Option(
    help: ArgumentHelp(
      "The extent of a pixel, for areas in the tables: 0.25um, or rows by columns 0.5x0.25mm.",
      valueName: "extent"))
  var pixelSize: String?

  @Option(
    help: ArgumentHelp(
      """
      The size of tiles, 512 or 384x512 (rows by columns); default: the run's patches, else the \
      size of its training images.
      """,
      valueName: "size"))
  var tiles: String?

  @Option(
    help: ArgumentHelp(
      "Pixels that neighbouring tiles share; default: as the run's patches, else half a tile.",
      valueName: "pixels"))
  var overlap: Int?

  @Option(
    help: ArgumentHelp(
      "What the pixels of a tile count for where tiles overlap: gaussian or constant.",
      valueName: "name"))
  var window = Tiling.Window.gaussian.rawValue

  @OptionGroup var use: TrainedRunOptions
  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard !images.isEmpty else { throw ValidationError("name images, a folder or a list") }
    if Tiling.Window(rawValue: window) == nil {
      throw ValidationError("--window \(window): write gaussian or constant")
    }
    if let tiles, Self.size(tiles) == nil {
      throw ValidationError("--tiles \(tiles): write a size, as 512 or 384x512 (rows by columns)")
    }
    if let opacity, !(0...1).contains(opacity) {
      throw ValidationError("--opacity must be in 0…1, not \(opacity)")
    }
    if let outlines, !Self.outlineWidths.contains(outlines) {
      throw ValidationError("--outlines must be in 0…\(Self.outlineWidths.upperBound) pixels")
    }
    if opacity != nil || outlines != nil, !overlay {
      throw ValidationError("--opacity and --outlines are for overlays: add --overlay")
    }
    if let overlap, overlap < 0 { throw ValidationError("--overlap must be at least 0") }
    guard let pixelSize else { return }
    if !csv, !objects {
      throw ValidationError("--pixel-size is for the tables: add --csv or --objects")
    }
    if PixelExtent(pixelSize) == nil { throw ValidationError(PixelExtent.advice(pixelSize)) }
  }

  func run() throws {
    let split = try ApplicationOptions.split(use.overrides)
    if let place = split.places.first {
      throw Failure(
        .usage,
        "error: --set \(place): the images to predict are those that are named: leave it out")
    }
    let members =
      use.ensemble
      ? try results.runs([selector], filter) : [try results.run(selector, filter)]
    let runs = try TrainedRuns(
      try members.map {
        try TrainedRun(
          $0, store: results.store, checkpoint: use.checkpoint, overrides: split.settings)
      })
    let trained = runs.first
    if let points = trained.trial.spec.data.stack.points {
      return try predict(points, runs, overrides: split.settings)
    }
    if probabilities || probabilityImages, trained.trial.spec.task.decodesNumbers {
      throw Failure(
        .usage,
        "error: \(trained.run.name) has no probabilities of pixels: what it says of them leads to objects; leave "
          + "--probabilities and --probability-images out")
    }
    let threads = use.threads ?? trained.recordedThreads
    WorkerEnvironment.adopt(threads: threads)
    let data = trained.trial.spec.data
    let prediction = Prediction(
      runs: runs,
      images: try UnlabelledImages(images, root: nil, stack: data.stack),
      tiling: try tiling(trained, data.geometry), outputs: outputs,
      style: style, folder: PredictionFolder(path: output),
      maskFormat: maskFormat, threads: threads,
      overrides: split.settings, summary: filesOfAllImages(trained))
    let outcome = try follow(runs, "image") { try prediction.run(progress: $0) }
    if overlay || color {
      try ClassLegend(classes: trained.input.classes, palette: data.palette).write(
        to: "\(output)/legend.svg")
    }
    try report(outcome, runs, "image")
  }

  /// Files of points become files of points, and nothing else.
  private func predict(
    _ points: PointSettings, _ runs: TrainedRuns, overrides: [String]
  ) throws {
    let refused = optionsOfImages
    guard refused.isEmpty else {
      throw Failure(
        .usage,
        "error: \(runs.first.run.name) labels points, of which PLY files are written: leave "
          + refused.joined(separator: ", ") + " out")
    }
    let threads = use.threads ?? runs.first.recordedThreads
    WorkerEnvironment.adopt(threads: threads)
    let prediction = PointPrediction(
      runs: runs, settings: points, files: try PointFiles(images),
      folder: PredictionFolder(path: output), threads: threads, overrides: overrides)
    let outcome = try follow(runs, "file") { try prediction.run(progress: $0) }
    try report(outcome, runs, "file")
  }

  /// Options that were written and mean nothing where points are labelled.
  private var optionsOfImages: [String] {
    let written: [(Bool, String)] = [
      (mask, "--mask"), (maskFormat != .auto, "--mask-format"), (color, "--color"),
      (overlay, "--overlay"), (probabilities, "--probabilities"),
      (probabilityImages, "--probability-images"), (polygons, "--polygons"),
      (objects, "--objects"), (csv, "--csv"), (tiles != nil, "--tiles"),
      (overlap != nil, "--overlap"), (window != Tiling.Window.gaussian.rawValue, "--window"),
    ]
    return written.filter(\.0).map(\.1)
  }

  /// - Parameter predict: is told what to call with how far it is.
  private func follow(
    _ runs: TrainedRuns, _ thing: String,
    _ predict: ((Int, Int) -> Control) throws -> Prediction.Outcome
  ) throws -> Prediction.Outcome {
    let stop = StopRequest()
    try Interrupts.watch { _ in stop.make() }
    var bar = ApplicationProgress(Screen.standardError(), label: runs.first.run.name)
    defer { bar.finish() }
    return try predict { done, all in
      bar.show("predicting", done: done, of: all, thing)
      return stop.isMade ? .stop : .proceed
    }
  }

  private static let outlineWidths = 0...50

  private var style: OverlayStyle {
    let standard = OverlayStyle()
    return OverlayStyle(
      opacity: opacity ?? standard.opacity, outlineWidth: outlines ?? standard.outlineWidth)
  }

  private var outputs: [PredictionOutput] {
    let asked =
      [(mask, PredictionOutput.mask), (color, .color), (overlay, .overlay)]
      + [(probabilities, .probabilities), (probabilityImages, .probabilityImages)]
      + [(polygons, .polygons)]
    let chosen = asked.filter(\.0).map(\.1)
    return chosen.isEmpty ? [.mask] : chosen
  }

  private func filesOfAllImages(_ trained: TrainedRun) -> PredictionSummary {
    let classes = trained.input.classes
    let hasPlanes = trained.trial.spec.task.hasPlanes(classes: classes.count)
    let pixel = pixelSize.flatMap(PixelExtent.init)
    let asked: [(Bool, any SummaryFile)] = [
      (csv, ClassShares(classes: classes, pixel: pixel)),
      (objects, ObjectTable(classes: classes, pixel: pixel)),
      (polygons, COCOFile(classes: classes, hasPlanes: hasPlanes)),
    ]
    return PredictionSummary(asked.filter(\.0).map(\.1))
  }

  private func tiling(
    _ trained: TrainedRun, _ geometry: DataConfiguration.Geometry
  ) throws -> Tiling {
    var tiling = trained.input.tiling(geometry)
    if case .resize(let size) = geometry, tiles != nil || overlap != nil {
      throw Failure(
        .usage,
        "error: \(trained.run.name) resizes images to \(size), so that there are no tiles: leave "
          + "--tiles and --overlap out")
    }
    if let size = tiles.flatMap(Self.size) {
      tiling.size = size
      tiling.stride = Size(height: (size.height + 1) / 2, width: (size.width + 1) / 2)
    }
    if let overlap {
      guard overlap < min(tiling.size.height, tiling.size.width) else {
        throw Failure(
          .usage, "error: --overlap \(overlap) is no less than the tiles of \(tiling.size)")
      }
      tiling.stride = Size(
        height: tiling.size.height - overlap, width: tiling.size.width - overlap)
    }
    tiling.window = Tiling.Window(rawValue: window) ?? .gaussian
    return tiling
  }

  /// `512` or `384x512`.
  private static func size(_ text: String) -> Size? {
    let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard let height = numbers[0], let width = numbers.count == 2 ? numbers[1] : height,
      numbers.count <= 2, (1...65_536).contains(height), (1...65_536).contains(width)
    else { return nil }
    return Size(height: height, width: width)
  }

  private func report(
    _ outcome: Prediction.Outcome, _ runs: TrainedRuns, _ thing: String
  ) throws {
    let screen = Screen.standardError()
    for failure in outcome.failures { screen.printWrapped("error: \(failure)".printableLines) }
    if json {
      print(
        try JSONOutput.text(
          PredictionReport(
            runs: runs.all.map(\.run.name), output: output, predicted: outcome.predicted,
            skipped: outcome.skipped,
            failed: outcome.failures.map { "\($0)" }, seconds: outcome.seconds)))
    } else {
      print(summary(outcome, thing).printableLines)
    }
    if outcome.isInterrupted {
      throw Failure(.interrupted, "stopped; the same command goes on")
    }
    if !outcome.failures.isEmpty { throw Failure(.failed) }
  }

  private func summary(_ outcome: Prediction.Outcome, _ thing: String) -> String {
    var parts: [String] = []
    if outcome.predicted > 0 {
      let rate = Double(outcome.predicted) / max(outcome.seconds, 1e-9)
      parts.append(
        "\(Units.count(outcome.predicted, thing)) predicted into \(output) in "
          + Units.duration(outcome.seconds)
          + (rate < 1 ? "" : ", \(Units.rate(rate, thing + "s"))"))
    }
    if outcome.skipped > 0 {
      parts.append("\(Units.count(outcome.skipped, thing)) predicted before")
    }
    if !outcome.failures.isEmpty {
      parts.append("\(Units.count(outcome.failures.count, thing)) failed")
    }
    return parts.joined(separator: ", ")
  }
}

/// What `predict --json` prints.
private struct PredictionReport: Encodable {
  let runs: [String]
  let output: String
  let predicted: Int
  let skipped: Int
  let failed: [String]
  let seconds: Double
}

extension MaskFormat: ExpressibleByArgument {}
