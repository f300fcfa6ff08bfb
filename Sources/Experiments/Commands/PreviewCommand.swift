import ArgumentParser

/// Shows what a training would be shown: images and masks, as they are and augmented.
struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Draw training samples as they are and as they are augmented. Nothing is trained.",
    discussion: """
      For each of the first training samples an image is written: on the left the image above its \
      mask, then a column for each epoch with what the network would be shown. Of a sweep it is \
      the first trial.

        experiments preview experiments/camvid-enet.yaml
        experiments preview my.yaml --count 8 --epoch 3 --set augmentation='[elastic]'
      """)

  @OptionGroup var spec: SpecOptions
  @OptionGroup var results: ResultsOption

  @Option(help: ArgumentHelp("Where to; default: previews/EXPERIMENT.", valueName: "folder"))
  var output: String?

  @Option(help: "Training samples.")
  var count = 4

  @Option(help: "Epochs of each sample.")
  var draws = 5

  @Option(help: "The first epoch, from 1 on.")
  var epoch = 1

  func validate() throws {
    for (name, value, most) in [
      ("count", count, Int.max), ("draws", draws, 100), ("epoch", epoch, Int(UInt32.max)),
    ] where value < 1 || value > most {
      throw ValidationError(
        "--\(name) must be at least 1\(value < 1 ? "" : " and at most \(most)"), not \(value)")
    }
  }

  func run() throws {
    let plan = try spec.beginningPlan(results.folder)
    try plan.requireImages(for: "preview")
    let folder = output ?? "previews/\(plan.experiment)"
    let sheets = PreviewSheets(trial: plan.trials[0], results: results.store.root)
    try sheets.write(count, epochs: epoch - 1..<epoch - 1 + draws, to: folder) { print($0) }
  }
}
