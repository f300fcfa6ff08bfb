import ArgumentParser
import Tracking

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
    var progress = Progress(screen: screen, trials: 1)
    var circumstances: Circumstances?
    progress.show(.started(reproduction.label))
    let verdict = try reproduction.verify { event in
      switch event {
      case .circumstances(let found):
        circumstances = found
        screen.print(found.text(of: run.name).printableLines)
      case .told(let message): progress.show(.told(reproduction.label, message))
      }
    }
    progress.finish()
    let report = ReproductionReport(verdict, of: run.name, circumstances)
    print(report.text.printableLines)
    if report.status != .done { throw Failure(report.status) }
  }
}
