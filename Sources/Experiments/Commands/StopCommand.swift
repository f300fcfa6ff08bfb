import ArgumentParser
import Tracking

/// Asks runs that are trained now to end with their next evaluation.
struct StopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop",
    abstract: "Ask a run that is trained now to end with its next evaluation, complete.",
    discussion: """
      experiments stop camvid/3
      experiments stop camvid

      The run is then finished, with its checkpoints, as if that evaluation had been its planned end: it \
      can be compared, used and reproduced. `run` goes on with the other trials and does not train it \
      again. Ctrl-C, in contrast, interrupts `run`, and the same command goes on later.
      """)

  @Argument(
    help: "The runs: ids, experiment/number, @last, or experiments for all that are running.",
    completion: .runs)
  var selectors: [String]

  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  func validate() throws {
    guard !selectors.isEmpty else { throw ValidationError("name a run") }
  }

  func run() throws {
    let runs = try results.runs(selectors, filter)
    let running = runs.filter { $0.status == .running }
    guard !running.isEmpty else {
      let what =
        runs.count == 1
        ? "\(runs[0].name) is \(runs[0].status.word)" : "none of them is running"
      throw Failure(
        .nothingMatched, "error: \(what): only runs that are trained now can be asked to end")
    }
    for run in running {
      try results.store.askForEnd(of: run)
      print("\(run.name) ends with its next evaluation\(last(of: run))".printable)
    }
  }

  private func last(of run: RunRecord) -> String {
    run.history?.rows.last.map { ", the last was at \($0.point)" } ?? ", the first"
  }
}
