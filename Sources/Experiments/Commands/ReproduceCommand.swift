import ArgumentParser

/// Trains a recorded run again and says whether it comes out the same, bit for bit.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Train a recorded run again from its record and compare every round.",
    discussion: """
      experiments reproduce quickstart/1
      experiments reproduce @best:quickstart

      Exit status 0 says that every figure, tensor and checkpoint is the same; 2 that something \
      differs, and what. The repetition is not kept.
      """)

  @Argument(help: "The run: an id, experiment/number, @last or @best:experiment.")
  var selector: String

  @OptionGroup var results: ResultsOption

  func run() throws {
    let run = try results.run(selector)
    let reproduction = try Reproduction(run, store: results.store)
    let screen = Screen.standardError()
    let circumstances = try reproduction.circumstances()
    screen.print("\(run.name): \(circumstances.expectation)")
    for change in circumstances.changes { screen.print("  \(change)") }
    if circumstances.dataChanged {
      throw Failure(.differs, "the data is not what the run was trained on; nothing was trained")
    }
    var progress = Progress(screen: screen, trials: 1)
    let verdict = try reproduction.verify { progress.show(.told(reproduction.label, $0)) }
    progress.finish()
    let report = ReproductionReport(verdict, of: run.name, circumstances)
    print(report.text)
    if report.status != .done { throw Failure(report.status) }
  }
}
