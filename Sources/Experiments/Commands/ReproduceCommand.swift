import ArgumentParser
import Foundation
import Tracking

/// Trains a recorded run again and says whether it comes out the same, bit for bit.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Train a recorded run again from its record and compare every evaluation.",
    discussion: """
      experiments reproduce quickstart/1
      experiments reproduce @best:quickstart
      experiments reproduce camvid --where 'tag == paper and seed == 1'
      experiments reproduce camvid/1 --set data.root=/data/camvid

      Exit status 0 says that every value, tensor and checkpoint is the same; 2 that something \
      differs, and what; 65 that the data is not there or is other data, so that nothing could be \
      repeated. The repetition is not kept, but for weights that the run lacks since gc --weights or \
      verify --repair: they are put back where they are what was recorded.
      """)

  @Argument(
    help: "The run: an id, experiment/number, experiment/name, @last or @best:experiment.",
    completion: .runs)
  var selector: String

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      """
      Where the data lies now, if it was moved: data.root, data.train, data.validation, data.roi; and \
      the weights: weights.from.
      """,
      valueName: "path=value"))
  var overrides: [String] = []

  @OptionGroup var filter: FilterOption

  @OptionGroup var results: ResultsOption

  func run() throws {
    let run = try results.run(selector, filter)
    let reproduction = try Reproduction(run, store: results.store) { places throws(Failure) in
      try PlacesOverride.applied(
        overrides, to: places, folder: FileManager.default.currentDirectoryPath)
    }
    try reproduction.checkData()
    let screen = Screen.standardError()
    var progress = Progress(screen: screen, trials: 1)
    var environment: EnvironmentDifference?
    var attempt: Int?
    var restored: [CheckpointRecord] = []
    progress.show(.started(reproduction.label))
    let verdict = try reproduction.verify { event in
      switch event {
      case .environment(let found, let mixedEnvironments):
        environment = found
        screen.print(found.text(of: run.name).printableLines)
        for line in mixedEnvironments { screen.print("  \(line)".printableLines) }
      case .environmentOfDifference(let number, let found):
        (attempt, environment) = (number, found)
      case .restored(let checkpoints): restored = checkpoints
      case .told(let message): progress.show(.told(reproduction.label, message))
      }
    }
    progress.finish()
    let report = ReproductionReport(verdict, of: run.name, environment, attempt: attempt)
    print(report.text.printableLines)
    for (names, checkpoint) in restored.byFile {
      print(
        "kept again: \(names), \(checkpoint.file), \(Units.bytes(checkpoint.bytes))".printable)
    }
    if report.status != .done { throw Failure(report.status) }
  }
}
