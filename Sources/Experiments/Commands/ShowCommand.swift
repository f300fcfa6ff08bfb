import ArgumentParser
import Tracking

/// Everything that is recorded about a run.
struct ShowCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a run: facts, hyperparameters, every evaluation, checkpoints and provenance.",
    discussion: """
      experiments show quickstart/1
      experiments show @best:quickstart --json
      experiments show camvid/3 --images
      """)

  @Argument(
    help: "The run: an id, experiment/number, experiment/name, @last or @best:experiment.",
    completion: .runs)
  var selector: String

  @Flag(
    help: """
      Show recorded previews in a terminal with 24-bit colors instead: image, truth and last prediction.
      """)
  var images = false

  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    if images, json { throw ValidationError("--images and --json: write one of them") }
  }

  func run() throws {
    let (run, warning) = try results.only(run: selector, filter)
    if let warning {
      Screen.standardError().printWrapped("warning: \(warning.printable)")
    }
    if images { return try showImages(of: run) }
    let description = RunDescription(run, system: results.store.systemHistories(of: run))
    print(try json ? JSONOutput.text(description) : description.text(style: .output))
  }

  private func showImages(of run: RunRecord) throws {
    let style = Style.output
    guard style.isOn, let width = Screen.outputWidth else {
      throw Failure(
        .usage,
        "error: images are shown in a terminal alone: write them to a file with experiments previews "
          + run.name)
    }
    let previews = try RecordedPreviews(run, store: results.store, evaluations: 1)
    print(previews.images.text(width: width, style: style))
  }
}
