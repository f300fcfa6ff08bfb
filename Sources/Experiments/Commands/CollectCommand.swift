import ArgumentParser
import Foundation
import Tracking

/// Frees what a results folder holds and nobody needs.
struct CollectCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Say what of the results folder nobody needs, and free it for good.",
    discussion: """
      experiments gc
      experiments gc --yes
      experiments gc --older-than 30 --yes
      experiments gc --superseded

      Empties the trash and removes what writers that were killed left. First it says what that is; then \
      it asks, or frees it with --yes. Runs that are trained now are never touched.
      """)

  @Flag(help: "Free it without a question.")
  var yes = false

  @Flag(help: "Free also runs whose number another trial has since the spec was edited.")
  var superseded = false

  @Option(
    help: ArgumentHelp(
      "Of the trash free only what has been there for so many days.", valueName: "days"))
  var olderThan: Double = 0

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    guard olderThan >= 0 else { throw ValidationError("--older-than takes a number of days") }
  }

  func run() throws {
    let garbage = try Garbage(of: results.store, trashOlderThan: olderThan)
    let kinds = Set(Garbage.Kind.allCases.filter { $0 != .superseded || superseded })
    let table = GarbageTable(garbage, freed: kinds)
    let screen = Screen.standardError()
    print(try json ? JSONOutput.text(table.rows) : table.text(style: .output))
    if superseded {
      for reason in garbage.kept { screen.printWrapped("kept: \(reason.printable)") }
    }
    guard !table.isEmpty else { return }
    guard try yes || isConfirmed("free \(Units.bytes(table.bytes)) for good? [y/N] ") else {
      screen.printWrapped(
        "nothing was freed; \(Units.bytes(table.bytes)) are freed with: experiments gc --yes"
          + (superseded ? " --superseded" : "") + results.typed)
      return
    }
    let outcome = garbage.free(kinds)
    for problem in outcome.problems { screen.printWrapped("warning: \(problem.printable)") }
    screen.print("freed \(Units.bytes(outcome.bytes))")
    if !outcome.problems.isEmpty { throw Failure(.failed) }
  }

  /// `false` where nobody can be asked.
  private func isConfirmed(_ question: String) throws -> Bool {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
    StandardStreams.say(question)
    let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
    return answer == "y" || answer == "yes"
  }
}
