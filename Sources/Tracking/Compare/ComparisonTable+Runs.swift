extension ComparisonTable {
  /// Lines runs up by the objective: a row for each point of the sweep, its figures at each run's
  /// best round.
  ///
  /// Where a point has several seeds, figures are mean ± sample standard deviation over them.
  /// Columns: which trial, the hyperparameters that differ between the rows, the objective and the
  /// other figures, rounds, time and status. Rows without figures come last.
  ///
  /// - Parameters:
  ///   - each: a row for every run, instead of one for the seeds of a point.
  ///   - objective: unless given, that of the first run by experiment and trial number.
  public init(_ runs: [RunRecord], each: Bool = false, objective: Objective? = nil) {
    let ranking = Ranking(runs, by: objective)
    let compared = ComparedRow.rows(of: ranking, each: each)
    let layout = ComparisonLayout(compared, objective: ranking.objective)
    let best = compared.firstIndex { $0.objective != nil && $0.isSound }
    self.init(
      columns: layout.columns.map(\.column),
      rows: compared.enumerated().map { index, row in
        Row(cells: layout.columns.map { $0.cell(row) }, isBest: index == best)
      },
      notes: compared.flatMap(\.entries).flatMap { Self.notes(on: $0.run) })
  }

  /// The best of the runs by the objective; `nil` where none has a figure.
  public static func best(of runs: [RunRecord], objective: Objective? = nil) -> RunRecord? {
    Ranking(runs, by: objective).best
  }

  private static func notes(on run: RunRecord) -> [String] {
    let name = "\(run.experiment)/\(run.number)"
    var notes: [String] = []
    if case .failed(let cause) = run.status { notes.append("\(name) failed: \(cause)") }
    if run.status == .damaged, run.damage.isEmpty { notes.append("\(name) is damaged") }
    notes += run.damage.map { "\(name) is damaged: \($0)" }
    return notes
  }
}
