import ArgumentParser
internal import Datasets
import Tracking

/// Lines runs up in a table.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare the runs of experiments in a table.",
    discussion: """
      experiments compare quickstart
      experiments compare quickstart camvid-losses --format csv --each

      There is a column for every setting that differs between the runs, as their records have it. \
      Figures are those of each run's best evaluation: the first of those with the best objective, \
      chosen on the validation data that the figure is measured on. The best of many evaluations, \
      and of many trials, lies above what new data will show, the more so the more there were: \
      measure the chosen run on data that chose nothing, or on new seeds.

      Over seeds it is mean ± sample standard deviation over the n seeds that finished; seeds that \
      failed, diverged or were interrupted are named, not averaged. Runs that were validated on \
      different data are not ranked among each other.
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
    let catalogue = try results.catalogue()
    let runs = try results.runs(selectors, in: catalogue)
    var table = ComparisonTable(comparing: runs, each: each)
    let experiments = Set(runs.map(\.experiment))
    table.warnings += experiments.sorted().compactMap { catalogue.warnings[$0] }
    table.notes += catalogue.strays.filter { experiments.contains($0.experiment) }.map(\.sentence)
    let format = format == TextTable().name ? TextTable.forTerminal : TableFormats.named(format)
    guard let format else { return }
    if !format.showsWarnings {
      let screen = Screen.standardError()
      for warning in table.warnings { screen.printWrapped("warning: \(warning.printable)") }
    }
    print(format.text(of: table), terminator: "")
  }
}
