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
      experiments gc --weights
      experiments gc --weights --keep best camvid

      Empties the trash and removes what writers that were killed left. First it says what that is; then \
      it asks, or frees it with --yes. Runs that are trained now are never touched.

      --weights also frees checkpoints of runs that have ended and that this machine makes again to the \
      same bytes: with the same build, libraries and instruction set, and with the data of the run there \
      and as it was. The run stays whole and keeps their SHA-256; experiments reproduce RUN puts them back.
      """)

  @Flag(help: "Free it without a question.")
  var yes = false

  @Flag(help: "Free also runs whose number another trial has since the spec was edited.")
  var superseded = false

  @Flag(help: "Free also weights that a reproduction makes again.")
  var weights = false

  @Option(help: ArgumentHelp("Of the weights keep these: best or last.", valueName: "name"))
  var keep: String?

  @Argument(help: "The runs whose weights are meant; default: all.", completion: .runs)
  var selectors: [String] = []

  @Option(
    help: ArgumentHelp(
      "Of the trash free only what has been there for so many days.", valueName: "days"))
  var olderThan: Double = 0

  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var color: ColorOption

  func validate() throws {
    guard olderThan >= 0 else { throw ValidationError("--older-than takes a number of days") }
    if let keep, !["best", "last"].contains(keep) {
      throw ValidationError("--keep takes best or last")
    }
    guard weights || (keep == nil && selectors.isEmpty && filter.condition == nil) else {
      throw ValidationError("runs, --where and --keep are of --weights: add it, or leave them out")
    }
  }

  func run() throws {
    var garbage = try Garbage(of: results.store, trashOlderThan: olderThan)
    let keptWeights = weights ? try addWeights(to: &garbage) : []
    let kinds = Set(Garbage.Kind.allCases.filter { $0 != .superseded || superseded })
    let table = GarbageTable(garbage, freed: kinds)
    let screen = Screen.standardError()
    print(try json ? JSONOutput.text(table.rows) : table.text(style: .output))
    for reason in (superseded ? garbage.kept : []) + keptWeights {
      screen.printWrapped("kept: \(reason.printable)")
    }
    guard !table.isEmpty else { return }
    guard yes || Confirmation.isGiven("free \(Units.bytes(table.bytes)) for good? [y/N] ") else {
      screen.printWrapped(
        "nothing was freed; \(Units.bytes(table.bytes)) are freed with: experiments gc --yes"
          + (superseded ? " --superseded" : "") + typedWeights + results.typed)
      return
    }
    let outcome = garbage.free(kinds)
    for problem in outcome.problems { screen.printWrapped("warning: \(problem.printable)") }
    screen.print("freed \(Units.bytes(outcome.bytes))")
    if !outcome.problems.isEmpty { throw Failure(.failed) }
  }

  /// - Returns: which weights stay, and why, a sentence for each reason.
  private func addWeights(to garbage: inout Garbage) throws -> [String] {
    let catalogue = try results.catalogue()
    let runs = try filter.apply(to: results.runs(selectors, in: catalogue))
    var progress = ApplicationProgress(Screen.standardError(), label: "gc")
    var objections: [String: [String]] = [:]
    let judge = try ReproducibleWeights(store: results.store, runs: catalogue.runs)
    for (index, run) in runs.enumerated() where !run.keptCheckpoints.isEmpty {
      progress.show("judging", done: index, of: runs.count, "run")
      if let objection = judge.objection(to: run) {
        objections[objection, default: []].append(run.name)
      } else {
        garbage.addWeights(of: run, but: Set([keep].compactMap(\.self)))
      }
    }
    progress.finish()
    return objections.sorted { $0.value[0] < $1.value[0] }.map { objection, names in
      let some = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
      return "the weights of \(some): \(objection)"
    }
  }

  private var typedWeights: String {
    guard weights else { return "" }
    return " --weights" + (keep.map { " --keep \($0)" } ?? "")
      + (filter.condition.map { " --where \(ShellWord.quoted($0))" } ?? "")
      + selectors.map { " " + ShellWord.quoted($0) }.joined()
  }
}
