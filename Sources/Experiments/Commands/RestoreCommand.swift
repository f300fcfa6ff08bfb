import ArgumentParser
import Tracking

/// Brings removed runs back.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Bring runs back that were removed.",
    discussion: """
      experiments ls --trash
      experiments restore camvid/9f8e7d6c
      experiments restore camvid

      A run comes back as it was. Of a run that was removed more than once the last one is meant.
      """)

  @Argument(help: "The runs, as 'experiments ls --trash' calls them: ids or experiments.")
  var selectors: [String]

  @OptionGroup var results: ResultsOption

  func validate() throws {
    guard !selectors.isEmpty else {
      throw ValidationError("name the runs to restore; experiments ls --trash lists them")
    }
  }

  func run() throws {
    let entries = try results.trashed(selectors)
    let trash = Trash(of: results.store)
    let notes = try trash.restore(entries)
    let places = Set(entries.map { $0.run.id })
    for run in try results.catalogue().runs where places.contains(run.id) {
      print("\(run.name)  \(run.id)".printable)
    }
    for note in notes { Screen.standardError().printWrapped("note: \(note.printable)") }
  }
}

extension ResultsOption {
  /// The removed runs that are meant, of each the one that was removed last; all where there is no
  /// selector.
  func trashed(_ selectors: [String]) throws -> [Trash.Entry] {
    let entries = try Trash(of: store).entries()
    guard !selectors.isEmpty else { return entries }
    guard !entries.isEmpty else {
      throw Failure(
        .nothingMatched, "error: no run is in the trash of \(folder.absolutePath)")
    }
    var newest: [RunPlace: Trash.Entry] = [:]
    for entry in entries.reversed() { newest[entry.run.place] = entry }
    let runs = try Selector.select(selectors, from: newest.values.map(\.run))
    return runs.compactMap { newest[$0.place] }
  }
}
