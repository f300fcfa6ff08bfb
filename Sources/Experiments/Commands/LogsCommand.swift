import ArgumentParser
import Foundation
import Tracking

/// Shows what the worker of a run has said.
struct LogsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Show what the worker of a run has said.",
    discussion: """
      experiments logs camvid/3
      experiments logs @last --follow
      experiments logs camvid/3 --attempt 1 --tail 20

      Lines with a time are the worker's; those without are of libraries, and the last words of a \
      process that crashed.
      """)

  @Argument(
    help: "The run: an id, experiment/number, @last or @best:experiment.", completion: .runs)
  var selector: String

  @Flag(name: [.short, .long], help: "Go on as long as the run is trained.")
  var follow = false

  @Option(help: "The attempt; default: the last.")
  var attempt: Int?

  @Option(help: ArgumentHelp("Only the last lines.", valueName: "lines"))
  var tail: Int?

  @OptionGroup var filter: FilterOption

  @OptionGroup var results: ResultsOption

  func validate() throws {
    if let tail, tail < 0 { throw ValidationError("--tail takes a number of lines") }
  }

  func run() throws {
    let run = try results.run(selector, filter)
    let attempts = results.store.attempts(of: run)
    guard let attempt = attempt ?? attempts.last, attempts.contains(attempt) else {
      let known =
        attempts.isEmpty
        ? "none has begun" : "there is \(attempts.map(String.init).joined(separator: ", "))"
      throw Failure(
        .nothingMatched,
        "error: \(run.name) has no attempt\(self.attempt.map { " \($0)" } ?? ""): \(known)")
    }
    var reader = LogReader(store: results.store, run: run, attempt: attempt)
    var lines = reader.lines()
    if let tail { lines = Array(lines.suffix(tail)) }
    show(lines)
    guard follow, attempt == attempts.last else { return }
    // A line that was written last is still shown when the run has ended meanwhile.
    while results.store.isWorkedOn(run) {
      usleep(250_000)
      show(reader.lines())
    }
    show(reader.lines())
  }

  private func show(_ lines: [String]) {
    for line in lines { print(line) }
    fflush(nil)
  }
}
