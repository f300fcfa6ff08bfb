import ArgumentParser
internal import Datasets
import Foundation
internal import Learning

/// Draws boxes, scribbles or points in place of the training masks of a spec.
struct WeakLabelsCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "weak-labels",
    abstract: "Make boxes, scribbles or points of training masks, and masks of boxes.",
    discussion: """
      experiments weak-labels nuclei.yaml --keep boxes -o nuclei-boxes
      experiments weak-labels nuclei.yaml --keep boxes --fill crf -o nuclei-cutout
      experiments weak-labels nuclei.yaml --keep scribbles --seed 7 -o nuclei-scribbles

      What cheap labels cost is measured where full masks are there: --keep boxes takes the box around every \
      object, scribbles a stroke along it, points a dot inside of it. Objects are told apart by the ids of the \
      task instances, or hang together. Lines of lists that name boxes (boxes=PATH) have these. A mask is drawn of \
      boxes with --fill box, all of a box being its class, the smaller in front; inner, the middle of a box being \
      its class and the rest ignored; or crf, where the edges of the image decide inside of boxes, with the \
      dense_crf of the spec's evaluation.postprocessing or its defaults.

      The folder has lists, masks of class ids with 255 where nothing is known, boxes and the names of classes. \
      Validation and test masks stay whole. Documentation/Cheap-labels.md goes on from there.
      """)

  @OptionGroup var spec: SpecOptions
  @OptionGroup var results: ResultsOption

  @Option(help: ArgumentHelp("What is kept: boxes, scribbles or points.", valueName: "labels"))
  var keep: WeakLabels.Kept

  @Option(
    help: ArgumentHelp("What boxes become: box, inner or crf; box if not given.", valueName: "way"))
  var fill: WeakLabels.Fill?

  @Option(
    help: ArgumentHelp(
      "The share of a box's area in its middle that is sure, for --fill inner and crf; 0.2 if not given.",
      valueName: "share"))
  var inner: Double?

  @Option(
    help: ArgumentHelp(
      "The width of strokes and points in pixels; 3 if not given.", valueName: "pixels"))
  var width: Int?

  @Option(
    help: ArgumentHelp(
      "The share of the way through an object that a stroke is drawn along; 0.5 if not given.",
      valueName: "share"))
  var length: Double?

  @Option(
    help: ArgumentHelp("What strokes and points are drawn by; 0 if not given.", valueName: "number")
  )
  var seed: UInt64?

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The folder to make.", valueName: "folder"), completion: .directory)
  var output: String

  @Flag(help: "Replace a folder that this command made.")
  var force = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    if keep != .boxes, fill != nil {
      throw ValidationError("--fill is for --keep boxes: leave it out")
    }
    if inner != nil, fill == nil || fill == .box {
      throw ValidationError("--inner is for --fill inner and crf: leave it out")
    }
    if let inner, !(inner > 0 && inner < 1) {
      throw ValidationError("--inner \(inner): write a share above 0 and below 1")
    }
    if keep == .boxes, width != nil || seed != nil {
      throw ValidationError("--width and --seed are for scribbles and points: leave them out")
    }
    if keep != .scribbles, length != nil {
      throw ValidationError("--length is for --keep scribbles")
    }
    if let width, !(1...99).contains(width) {
      throw ValidationError("--width \(width): write a number of pixels from 1 to 99")
    }
    if let length, !(length > 0 && length <= 1) {
      throw ValidationError("--length \(length): write a share above 0 and at most 1")
    }
  }

  private struct Report: Encodable {
    let folder: String
    let images: Int
    let objects: Int
    let labelled: Double
    let meanIoU: Double?

    func text() -> String {
      var facts = FactList()
      facts.add("folder", folder)
      facts.add("images", "\(Units.count(images)) to train with")
      facts.add("objects", Units.count(objects))
      facts.add("labelled", "\(Units.decimals(100 * labelled, 2)) % of the pixels")
      if let meanIoU {
        facts.add(
          "right", "mean IoU \(Units.decimals(meanIoU, 4)) with the masks, of labelled pixels")
      }
      facts.add(
        "spec",
        "data: {root: \(folder), train: train.txt, validation: val.txt, classes: classes.txt, ignore: [255]}"
      )
      return facts.text()
    }
  }

  func run() throws {
    let plan = try spec.beginningPlan(results.folder)
    let trial = plan.trials[0]
    let crf = trial.spec.evaluation.postprocessing.compactMap { $0.component as? DenseCRF }.first
    var labels = WeakLabels(
      kept: keep, crf: try crf ?? DenseCRF.standard(),
      threads: ProcessInfo.processInfo.activeProcessorCount)
    labels.fill = fill ?? labels.fill
    labels.inner = inner ?? labels.inner
    labels.width = width ?? labels.width
    labels.share = length ?? labels.share
    labels.seed = seed ?? labels.seed
    let folder = WholeFolder(output, recordFile: "weak-labels.json", replaces: force)
    let export = WeakLabelsExport(
      configuration: trial.dataConfiguration(results: results.store.root), seed: trial.record.seed,
      labels: labels, destination: folder.path)
    var progress = ApplicationProgress(Screen.standardError(), label: "weak-labels")
    defer { progress.finish() }
    let record = ["experiment": plan.experiment, "keep": keep.rawValue, "program": Program.version]
    let tally = try folder.write(record) { partial in
      try export.write(to: partial) { done, all in
        progress.show("drawing", done: done, of: all, "image")
      }
    }
    let report = Report(
      folder: output, images: tally.images, objects: tally.objects, labelled: tally.labelledShare,
      meanIoU: tally.meanIoU)
    print(try json ? JSONOutput.text(report) : report.text())
  }
}
