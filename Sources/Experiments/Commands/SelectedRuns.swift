import Tracking

/// The runs that a command is about, with what else it has to say of the store.
struct SelectedRuns<Run: ListedRun> {
  private(set) var runs: [Run]
  let strays: [StrayRecord]
  /// By experiment, why its numbers have no known meaning.
  let warnings: [String: String]

  /// Adds what others are held against, as far as it is not selected already.
  mutating func add(_ baseline: [Run]) {
    let places = Set(runs.map(\.place))
    runs += baseline.filter { !places.contains($0.place) }
  }
}

extension ResultsOption {
  /// The runs that are meant, in their order. Only their records are read: which they are, the index of the
  /// folder tells.
  ///
  /// - Parameter narrowed: leaves some of the runs out.
  /// - Throws: `SelectorError` and `QueryError` for what means nothing, ``Failure`` where no run is left.
  func select(
    _ selectors: [String], _ filter: FilterOption? = nil,
    narrowed: ([IndexedRun]) throws -> [IndexedRun] = { $0 }
  ) throws -> SelectedRuns<RunRecord> {
    let selected = try select(selectors, filter, from: indexedCatalogue(), narrowed: narrowed)
    return SelectedRuns(
      runs: selected.runs.records, strays: selected.strays, warnings: selected.warnings)
  }

  /// Every run as the index of the folder knows it.
  func indexedCatalogue() throws -> Catalogue<IndexedRun> { try RunIndex(store).catalogue() }

  /// The same as ``select(_:_:narrowed:)`` without reading a record.
  func select(
    _ selectors: [String], _ filter: FilterOption? = nil, from catalogue: Catalogue<IndexedRun>,
    narrowed: ([IndexedRun]) throws -> [IndexedRun] = { $0 }
  ) throws -> SelectedRuns<IndexedRun> {
    guard !catalogue.runs.isEmpty || selectors.isEmpty else {
      throw nothingRecorded(catalogue.strays)
    }
    let selected = try Selector.select(selectors, from: catalogue.runs)
    return SelectedRuns(
      runs: try narrowed(filter?.apply(to: selected) ?? selected), strays: catalogue.strays,
      warnings: catalogue.warnings)
  }

  /// The recorded runs that are meant; all of them where there is no selector.
  ///
  /// - Throws: as ``select(_:_:narrowed:)``.
  func runs(_ selectors: [String], _ filter: FilterOption? = nil) throws -> [RunRecord] {
    try select(selectors, filter).runs
  }

  /// The one run that is meant.
  ///
  /// - Throws: ``Failure`` where it is several.
  func run(_ selector: String, _ filter: FilterOption? = nil) throws -> RunRecord {
    try only(run: selector, filter).run
  }

  /// The one run that is meant, and what is to be said of its experiment.
  func only(
    run selector: String, _ filter: FilterOption? = nil
  ) throws -> (run: RunRecord, warning: String?) {
    let selected = try select([selector], filter) { runs in
      guard runs.count == 1 else {
        throw Failure(
          .usage,
          "error: '\(selector)' is \(Units.count(runs.count, "run")); name one, as in "
            + "\(runs[0].name) or @best:\(runs[0].experiment)")
      }
      return runs
    }
    guard let run = selected.runs.first else {
      throw Failure(.nothingMatched, "error: '\(selector)' was removed meanwhile")
    }
    return (run, selected.warnings[run.experiment])
  }

  func nothingRecorded(_ strays: [StrayRecord]) -> Failure {
    let sentences = strays.map { "\n\($0.sentence)" }.joined()
    return Failure(
      .nothingMatched, "error: nothing has been recorded in \(folder.absolutePath) yet\(sentences)")
  }
}
