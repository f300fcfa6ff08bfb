import ArgumentParser
import Foundation
import Tracking

/// Lines runs up in a table.
struct CompareCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare the runs of experiments in a table, with tests.",
    discussion: """
      experiments compare quickstart
      experiments compare camvid --vs camvid/1 --interval t
      experiments compare camvid --columns 'max(mean_iou), loss @ last, iou.car, host'
      experiments compare camvid --group losses --sort 'mean_iou, -seconds'
      experiments compare camvid --top 20 --where 'max(mean_iou) > 0.6'
      experiments compare camvid nuclei --mixed --format csv --each

      There is a row for each point of a sweep, over its seeds and folds, and a column for every \
      setting and value that differs between the rows. Values are those of each run's best \
      evaluation: the first of those with the best objective. Over seeds they are mean ± sample \
      standard deviation; n says of how many, and runs that failed or diverged are named, not averaged.

      Every row is tested against the best one, or against the row of --vs: pairs of equal seeds by \
      Student's t, adjusted after Holm for the number of rows. The words follow fixed rules: settled \
      (six pairs or more, and an exact test agrees), likely (all seeds agree, but they are few), not told apart, \
      and no statement (fewer than three pairs). Folds are tested with the correction that they need.

      Runs that were validated on other images, or with other classes or metrics, are not ranked among \
      each other: that is refused unless --mixed is given. What else differs is noted below the table.

      — means not applicable, · not recorded, … still running.
      """)

  @Argument(help: "The experiments or runs to compare.", completion: .runs)
  var selectors: [String]

  @Option(help: "One of \(TableFormats.names.joined(separator: ", ")).")
  var format = "text"

  @OptionGroup var filter: FilterOption

  @OptionGroup(title: "Rows") var rows: ComparisonRowOptions

  @OptionGroup(title: "Columns") var columns: ComparisonColumnOptions

  @OptionGroup(title: "Layout") var layout: ComparisonLayoutOptions

  @OptionGroup var results: ResultsOption

  @OptionGroup var color: ColorOption

  func validate() throws {
    guard TableFormats.named(format) != nil else {
      throw ValidationError(
        "there is no format '\(format)': use one of \(TableFormats.names.joined(separator: ", "))")
    }
    try layout.check(format: format)
  }

  func run() throws {
    var cut: String?
    let catalogue = try results.indexedCatalogue()
    var selected = try results.select(selectors, filter, from: catalogue) { runs in
      guard let top = rows.top else { return runs }
      let best = BestPoints(of: runs, count: top, each: rows.each)
      cut = best.sentence
      return best.runs
    }
    guard let named = TableFormats.named(format) else { return }
    var request = ComparisonRequest()
    request.facts = ComparedFact.all
    try rows.apply(to: &request)
    try columns.apply(to: &request, format: named)
    if let baseline = rows.vs {
      let baseline = try Selector.select([baseline], from: catalogue.runs)
      request.baseline = Set(baseline.map(\.place))
      selected.add(baseline)
    }
    let runs = selected.runs
    var table = try Comparison(comparing: runs, request)
    try refuse(table)
    let experiments = Set(runs.map(\.experiment))
    table.notes += experiments.sorted().compactMap { selected.warnings[$0] }
    table.notes += selected.strays.filter { experiments.contains($0.experiment) }.map(\.sentence)
    if let cut { table.notes.append(cut) }
    table.stamp = Comparison.Stamp(
      query: ComparisonQuery.typed(), store: runs.map(\.compared).digest,
      program: "experiments \(Program.version)")
    print(table, as: layout.format(named))
  }

  /// - Throws: ``Failure`` where the runs must not be ranked among each other.
  private func refuse(_ table: Comparison) throws {
    guard !table.warnings.isEmpty, !rows.mixed else { return }
    // How they would be ranked is of no matter where they are not.
    let reasons = table.warnings.map { warning in
      "error: " + (warning.components(separatedBy: "; each is ranked").first ?? warning).printable
    }
    throw Failure(
      .badInput,
      (reasons + ["compare those that were judged alike, or say --mixed to have them in one table"])
        .joined(separator: "\n"))
  }

  /// Notes go to standard error where the table goes into a file or to another program.
  private func print(_ table: Comparison, as format: any TableFormat) {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let screen = Screen.standardError()
    guard var text = format as? TextTable else {
      if !format.showsNotes {
        for warning in table.warnings { screen.printWrapped("warning: \(warning.printable)") }
      }
      Swift.print(format.text(of: table), terminator: "")
      return
    }
    text.showsNotes = isTerminal
    if !isTerminal { text.warnings(of: table).forEach { screen.print($0) } }
    Swift.print(text.text(of: table), terminator: "")
    if !isTerminal {
      let notes = text.notes(of: table)
      if !notes.isEmpty { screen.print(String(notes.dropLast())) }
    }
  }
}
