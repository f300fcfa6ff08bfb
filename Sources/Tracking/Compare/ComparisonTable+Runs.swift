extension ComparisonTable {
  /// Lines runs up by the objective: a row for each point of the sweep, its values at each run's
  /// best evaluation.
  ///
  /// Where a point has several seeds, values are mean ± sample standard deviation over those that
  /// finished. Columns: which trial, the settings that differ between the rows, the objective, the
  /// metrics that a spec asks for, the other principal series, epochs, time and status. Rows without
  /// values come last. Runs that were validated on different data are not ranked among each other: they
  /// stand in groups, with a warning.
  ///
  /// - Parameters:
  ///   - each: a row for every run, instead of one for the seeds of a point.
  ///   - objective: unless given, that of the first run by experiment and trial number.
  ///   - columns: which measured columns there are.
  ///   - settings: those of a run with what its resolved spec leaves out, asked for only where
  ///     another run has a setting that it lacks.
  package init(
    _ runs: [RunRecord], each: Bool = false, objective: Objective? = nil,
    columns: ColumnChoice, settings: (RunRecord) -> TrialSettings = { TrialSettings($0.trial) }
  ) throws(UnknownColumn) {
    let ranking = Ranking(runs, by: objective)
    let compared = ComparedRow.rows(of: ranking, each: each)
    let layout = try ComparisonLayout(compared, ranking, columns, settings)
    var bests: Set<Int> = []
    let best = compared.map { row in
      row.objective != nil && row.isSound
        && bests.insert(ranking.data.group(of: row.first)).inserted
    }
    self.init(
      columns: layout.columns.map(\.column),
      rows: compared.indices.map { index in
        Row(cells: layout.columns.map { $0.cells[index] }, isBest: best[index])
      },
      warnings: Self.warnings(runs.filter(\.hasSettings)),
      notes: Self.notes(compared, ranking))
  }

  /// The same with the columns that a table has unless others are asked for.
  package init(
    _ runs: [RunRecord], each: Bool = false, objective: Objective? = nil,
    settings: (RunRecord) -> TrialSettings = { TrialSettings($0.trial) }
  ) {
    do {
      try self.init(
        runs, each: each, objective: objective, columns: ColumnChoice(), settings: settings)
    } catch {
      preconditionFailure("no column was named: \(error)")
    }
  }

  /// The best of the runs by the objective, of those that were validated on the newest data; `nil`
  /// where none has a value.
  package static func best(of runs: [RunRecord], objective: Objective? = nil) -> RunRecord? {
    Ranking(runs, by: objective).bests.first
  }

  private static func warnings(_ runs: [RunRecord]) -> [String] {
    let data = ValidationSummary(runs).warning
    return (data.map { [$0] } ?? []) + MetricSettings(runs).warnings
  }

  private static func notes(_ rows: [ComparedRow], _ ranking: Ranking) -> [String] {
    var notes: [String] = []
    if rows.contains(where: { !$0.measured.isEmpty }) {
      notes.append(
        statistic(ranking.objective, isOverSeeds: rows.contains { $0.entries.count > 1 }))
    }
    if rows.contains(where: { $0.entries.contains { !$0.run.tests.isEmpty } }) {
      notes.append(
        "values of other data than the validation data are those of each run's newest test that has them"
      )
    }
    notes += rows.compactMap(\.missing)
    let runs = rows.flatMap(\.entries).map(\.run)
    let asked = runs.count { $0.endOnRequest != nil }
    let early = runs.count { $0.earlyStop != nil } - asked
    for (count, end) in [
      (early, "stopped early, as training.early_stopping says"), (asked, "ended on request"),
    ] where count > 0 {
      notes.append(
        "\(count) \(count == 1 ? "run" : "runs") \(end): epochs are those done of those planned")
    }
    return notes + rows.flatMap(\.entries).flatMap { self.notes(on: $0.run) }
  }

  /// Which of a run's evaluations the values are of.
  private static func statistic(_ objective: Objective, isOverSeeds: Bool) -> String {
    "values are those of each run's best evaluation, the first with the "
      + "\(objective.maximize ? "highest" : "lowest") \(objective.metric), chosen on the validation "
      + "data itself"
      + (isOverSeeds ? "; ± is the sample standard deviation over the n seeds that finished" : "")
  }

  private static func notes(on run: RunRecord) -> [String] {
    var notes: [String] = []
    if case .failed(let cause) = run.status { notes.append("\(run.name) failed: \(cause)") }
    if run.status == .damaged, run.damage.isEmpty { notes.append("\(run.name) is damaged") }
    notes += run.damage.map { "\(run.name) is damaged: \($0)" }
    return notes
  }
}
