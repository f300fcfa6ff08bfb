import ArgumentParser
import Tracking

/// Lines runs up in a table.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare the runs of experiments in a table.",
    discussion: """
      experiments compare quickstart
      experiments compare quickstart camvid-losses --format csv --each
      """)

  @Argument(help: "The experiments or runs to compare.")
  var selectors: [String]

  @Option(help: "One of \(TableFormats.names.joined(separator: ", ")).")
  var format = "text"

  @Flag(help: "A row for each run, instead of one for all seeds of a point.")
  var each = false

  @OptionGroup var results: ResultsOption

  func validate() throws {
    guard TableFormats.named(format) != nil else {
      throw ValidationError(
        "there is no format '\(format)': use one of \(TableFormats.names.joined(separator: ", "))")
    }
  }

  func run() throws {
    let table = ComparisonTable(try results.runs(selectors), each: each)
    let format = format == TextTable().name ? TextTable.forTerminal : TableFormats.named(format)
    print(format?.text(of: table) ?? "", terminator: "")
  }
}
