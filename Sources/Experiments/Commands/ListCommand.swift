import ArgumentParser

/// Lists recorded runs, a line each.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls",
    abstract: "List recorded runs.",
    discussion: """
      experiments ls
      experiments ls quickstart
      """)

  @Argument(
    help: "Which runs: ids, experiments, experiment/number, @last, @best:experiment; default: all.")
  var selectors: [String] = []

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let table = RunTable(try results.runs(selectors))
    print(try json ? JSONOutput.text(table.rows) : table.text(style: .output))
  }
}
