import ArgumentParser
import Tracking

/// Moves runs into the trash.
struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm",
    abstract: "Move runs into the trash of the results folder, from where they can be restored.",
    discussion: """
      experiments rm camvid/3
      experiments rm old-sweep
      experiments restore camvid/3
      experiments gc

      Nothing is lost before gc: a run lies in the trash as it was, byte for byte. Runs that are trained \
      now, and runs whose weights others began with, are refused.
      """)

  @Argument(
    help: "The runs: ids, experiments, experiment/3-7, tag:NAME, @last, @best:experiment.",
    completion: .runs)
  var selectors: [String]

  @Flag(
    help: """
      Also remove runs that are trained now, which ends them, and runs whose weights others began with, \
      which cannot be reproduced then.
      """)
  var force = false

  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard !selectors.isEmpty else { throw ValidationError("name the runs to remove") }
  }

  func run() throws {
    let catalogue = try results.catalogue()
    let runs = try filter.apply(to: results.runs(selectors, in: catalogue))
    if !force {
      let objections = Trash.objections(to: runs, among: catalogue.runs)
      guard objections.isEmpty else {
        throw Failure(
          .failed,
          (objections.map { "error: \($0)" } + [
            "nothing was removed; --force removes them all the same"
          ])
          .joined(separator: "\n"))
      }
    }
    let entries = try Trash(of: results.store).remove(runs, isForced: force)
    if json {
      return print(
        try JSONOutput.text(TrashTable(entries, folder: results.folder.absolutePath).rows))
    }
    let bytes = entries.reduce(0) { $0 + $1.bytes }
    for entry in entries { print("\(entry.run.name)  \(entry.run.id)".printable) }
    let ids = entries.prefix(8).map { String($0.run.id.prefix(8)) }.joined(separator: " ")
    let screen = Screen.standardError()
    screen.printWrapped(
      "\(Units.count(entries.count, "run")), \(Units.bytes(bytes)), moved into the trash; bring back "
        + "with:")
    screen.print("  experiments restore \(ids)\(entries.count > 8 ? " …" : "")\(results.typed)")
  }
}
