import ArgumentParser
import Tracking

/// Lists recorded runs, a line each.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls",
    abstract: "List recorded runs.",
    discussion: """
      experiments ls
      experiments ls quickstart
      experiments ls --trash

      The first column is the name that selects the run in every command. After an edit of the spec \
      a number is the new trial's; older runs are named by the beginning of their id.
      """)

  @Argument(
    help: "Which runs: ids, experiments, experiment/number, @last, @best:experiment; default: all.")
  var selectors: [String] = []

  @Flag(help: "List the runs that were removed and can be restored.")
  var trash = false

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    if trash {
      let table = TrashTable(try results.trashed(selectors), folder: results.folder.absolutePath)
      return print(try json ? JSONOutput.text(table.rows) : table.text(style: .output))
    }
    let catalogue = try results.catalogue()
    let runs = try results.runs(selectors, in: catalogue)
    let table = RunTable(runs, strays: catalogue.strays, warnings: catalogue.warnings)
    if json {
      let screen = Screen.standardError()
      for warning in table.warnings { screen.printWrapped("warning: \(warning.printable)") }
    }
    print(
      try json
        ? JSONOutput.text(table.rows)
        : table.text(folder: results.folder.absolutePath, style: .output))
  }
}
