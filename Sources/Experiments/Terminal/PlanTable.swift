import Tracking

/// The trials of a plan, one a row, with what their records say.
struct PlanTable {
  struct Row: Encodable {
    let number: Int
    let id: String
    let hyperparameters: [Hyperparameter]
    let seed: UInt64
    /// `nil` where nothing is recorded yet.
    let status: String?
    /// Ids of runs with the same settings on other data.
    let onOtherData: [String]
  }

  let rows: [Row]
  /// What was recorded and does not count.
  let notes: [String]

  init(_ plan: TrialPlan, store: FolderStore) throws {
    let runs = try store.runs(of: plan.experiment)
    let statuses = Dictionary(runs.map { ($0.id, $0.status.word) }) { first, _ in first }
    let earlier = EarlierRecords(plan, runs, root: store.root)
    notes = earlier.notes
    rows = plan.trials.map { trial in
      Row(
        number: trial.record.number, id: trial.id, hyperparameters: trial.record.hyperparameters,
        seed: trial.record.seed, status: statuses[trial.id],
        onOtherData: (earlier.onOtherData[trial.id] ?? []).map(\.id))
    }
  }

  func text(style: Style) -> String {
    var paths: [String] = []
    for path in rows.flatMap(\.hyperparameters).map(\.path) where !paths.contains(path) {
      paths.append(path)
    }
    var table = TableLayout(
      [.init("trial", .right), .init("id", importance: 1, shortens: false)]
        + paths.map { .init($0, importance: 4) }
        + [.init("seed", .right, importance: 2), .init("status", importance: 3)])
    table.remedy = "see all with --json, or in a wider terminal"
    for row in rows {
      table.add(
        ["\(row.number)", row.id]
          + paths.map { path in row.hyperparameters.first { $0.path == path }?.text ?? "" }
          + ["\(row.seed)", row.status ?? ""])
    }
    return table.text(style: style)
  }
}
