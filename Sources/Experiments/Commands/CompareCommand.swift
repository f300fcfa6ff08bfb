import ArgumentParser
internal import Datasets
internal import Groundwork
import Tracking

/// Lines runs up in a table.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare the runs of experiments in a table.",
    discussion: """
      experiments compare quickstart
      experiments compare quickstart camvid-losses --format csv --each
      experiments compare quickstart --columns mean_iou,hd95,iou.car

      There is a column for every setting that differs between the runs, as their records have it. \
      Values are those of each run's best evaluation: the first of those with the best objective, \
      chosen on the validation data that they are measured on. The best of many evaluations, \
      and of many trials, lies above what new data will show, the more so the more there were: \
      measure the chosen run on data that chose nothing, or on new seeds.

      The table has the objective, the metrics that the spec asks for and, where there is room, the \
      standard ones. --columns picks others and orders them: mean_iou or another name of a metric, \
      such as hd95; iou.car for the value of a class; image.mean_iou for those of the worst images; \
      training.loss. csv and json hold every series but matrices, those that are picked first.

      Over seeds it is mean ± sample standard deviation over the n seeds that finished; seeds that \
      failed, diverged or were interrupted are named, not averaged. Runs that were validated on \
      different data are not ranked among each other.
      """)

  @Argument(help: "The experiments or runs to compare.", completion: .runs)
  var selectors: [String]

  @Option(help: "One of \(TableFormats.names.joined(separator: ", ")).")
  var format = "text"

  @Option(
    help: ArgumentHelp(
      "The measured columns, in their order: metrics, classes (iou.car), losses.",
      valueName: "names"))
  var columns: String?

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
    guard let format = TableFormats.named(format) else { return }
    let names = (columns ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
    var table = try ComparisonTable(
      comparing: runs, each: each,
      columns: ColumnChoice(names, holdsEverything: format.holdsEverything))
    let experiments = Set(runs.map(\.experiment))
    table.warnings += experiments.sorted().compactMap { catalogue.warnings[$0] }
    table.notes += catalogue.strays.filter { experiments.contains($0.experiment) }.map(\.sentence)
    if !format.showsWarnings {
      let screen = Screen.standardError()
      for warning in table.warnings { screen.printWrapped("warning: \(warning.printable)") }
    }
    let shown: any TableFormat = format is TextTable ? TextTable.forTerminal : format
    print(shown.text(of: table), terminator: "")
  }
}
