internal import Groundwork
internal import Tracking

/// Makes the report of selected runs from what the store holds now.
struct ReportMaker: Sendable {
  /// As they were typed; none for every run.
  let selectors: [String]
  let store: FolderStore
  /// How the folder of the records was named on the command line; empty where it was not.
  let typedResults: String
  /// Images whose predictions are shown at most.
  var images = 4
  /// The time that the page says it was made at; `nil` for that of the newest record.
  var made: String?
  /// The file that the page is written to, for the commands in it.
  var file = "report.html"

  /// - Throws: `SelectorError` where a selector means nothing, ``Failure`` where no run is left.
  func source() throws -> ReportSource {
    let catalogue = try store.catalogue()
    let runs = try Selector.select(selectors, from: catalogue.runs)
    guard !runs.isEmpty else {
      throw Failure(
        .nothingMatched, "error: nothing has been recorded in \(store.root) yet; train something first")
    }
    let experiments = Set(runs.map(\.experiment))
    return ReportSource(
      runs, comparison: Comparison(comparing: runs), charts: try charts(runs),
      stamp: ReportStamp(
        runs, query: selectors, program: "experiments \(Program.version)", made: made),
      predictions: try predictions(runs),
      commands: commands,
      warnings: experiments.sorted().compactMap { catalogue.warnings[$0] })
  }

  func report() throws -> Report { Report(try source()) }

  private func charts(_ runs: [RunRecord]) throws -> ChartInput {
    var input = try ChartInput(runs)
    input.settings = { TrialSettings(complete: $0) }
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
    let words = selectors.map(ShellWord.quoted).joined(separator: " ")
    let chosen = (words.isEmpty ? "" : " " + words) + typedResults
    let file = ShellWord.quoted(file)
    return ReportSource.Commands(
      make: "experiments report\(chosen) -o \(file)"
        + (images == 4 ? "" : " --images \(images)") + (made.map { " --now \($0)" } ?? ""),
      check: "experiments report --check \(file)\(typedResults)", results: typedResults)
  }
}
