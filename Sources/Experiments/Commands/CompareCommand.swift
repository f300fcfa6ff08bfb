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

  @Option(help: "One of \(Self.formats).", transform: Self.format)
  var format = TableFormat.text

  @Flag(help: "A row for each run, instead of one for all seeds of a point.")
  var each = false

  @OptionGroup var results: ResultsOption

  func run() throws {
    let table = ComparisonTable(try results.store.select(selectors), each: each)
    print(table.formatted(as: format), terminator: "")
  }
}

extension CompareCommand {
  private static let formats = TableFormat.allCases.map(\.rawValue).joined(separator: ", ")

  private static func format(_ name: String) throws -> TableFormat {
    guard let format = TableFormat(rawValue: name) else {
      throw ValidationError("there is no format '\(name)': use one of \(formats)")
    }
    return format
  }
}
