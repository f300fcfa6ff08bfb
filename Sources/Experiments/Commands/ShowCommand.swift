import ArgumentParser
import Tracking

/// Everything that is recorded about a run.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a run: facts, hyperparameters, every evaluation, checkpoints and provenance.",
    discussion: """
      experiments show quickstart/1
      experiments show @best:quickstart --json
      """)

  @Argument(help: "The run: an id, experiment/number, @last or @best:experiment.")
  var selector: String

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let catalogue = try results.catalogue()
    let run = try results.run(selector, in: catalogue)
    if let warning = catalogue.warnings[run.experiment] {
      Screen.standardError().printWrapped("warning: \(warning.printable)")
    }
    let description = RunDescription(run)
    print(try json ? JSONOutput.text(description) : description.text(style: .output))
  }
}
