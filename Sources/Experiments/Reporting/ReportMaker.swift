internal import Groundwork
internal import Tracking

/// Makes the report of selected runs from what the store holds now.
struct ReportMaker: Sendable {
  let selection: RunSelection
  let store: FolderStore
  /// How the folder of the records was named on the command line; empty where it was not.
  let typedResults: String
  /// Images whose predictions are shown at most.
  var images = 4
  /// True where runs that were judged differently may stand on one page, with a warning.
  var isMixed = false
  /// The time that the page says it was made at; `nil` for that of the newest record.
  var made: String?
  /// The file that the page is written to, for the commands in it.
  var file = "report.html"

  /// - Throws: `SelectorError` where a selector means nothing, ``Failure`` where no run is left.
  func source() throws -> ReportSource {
    let catalogue = try RunIndex(store).catalogue()
    // Of what the page shows every series is drawn: these records are read, and no others.
    let runs = try selection.runs(in: catalogue, of: store).records
    guard !runs.isEmpty else {
      throw Failure(.nothingMatched, "error: the selected runs were removed meanwhile")
    }
    let experiments = Set(runs.map(\.experiment))
    let comparison = Comparison(comparing: runs)
    if !isMixed { try refuse(comparison) }
    return ReportSource(
      runs, comparison: comparison, charts: try charts(runs),
      stamp: ReportStamp(
        runs, query: selection.selectors, condition: selection.condition,
        program: "experiments \(Program.version)", made: made),
      predictions: try predictions(runs), commands: commands,
      warnings: comparison.warnings + experiments.sorted().compactMap { catalogue.warnings[$0] })
  }

  func report() throws -> Report { Report(try source()) }

  /// - Throws: ``Failure`` where the runs must not be ranked among each other.
  private func refuse(_ comparison: Comparison) throws {
    guard !comparison.warnings.isEmpty else { return }
    let reasons = comparison.warnings.map { "error: \($0.printable)" }
    throw Failure(
      .badInput,
      (reasons + ["report on those that were judged alike, or say --mixed to have them on one page"])
        .joined(separator: "\n"))
  }

  private func charts(_ runs: [RunRecord]) throws -> ChartInput {
    var input = try ChartInput(runs)
    input.complete = { TrialSettings(completing: $0) }
    // A class has one colour, in charts and in images.
    if let run = runs.first(where: \.hasSettings), let spec = try? Trial(run.trial).spec {
      input.classColours = spec.data.plotColours
    }
    return input
  }

  /// Of the best run that has any.
  private func predictions(_ runs: [RunRecord]) throws -> ReportPredictions? {
    guard images > 0 else { return nil }
    let best = Comparison.best(of: runs).map { [$0] } ?? []
    for run in best + runs where run.history != nil {
      if let found = try ReportPredictions(run, store: store, count: images) { return found }
    }
    return nil
  }

  private var commands: ReportSource.Commands {
    let chosen = selection.typed + typedResults
    let file = ShellWord.quoted(file)
    return ReportSource.Commands(
      make: "experiments report\(chosen) -o \(file)"
        + (images == 4 ? "" : " --images \(images)") + (isMixed ? " --mixed" : "")
        + (made.map { " --now \($0)" } ?? ""),
      check: "experiments report --check \(file)\(typedResults)", results: typedResults)
  }
}
