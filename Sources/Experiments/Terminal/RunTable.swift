import Tracking

/// Recorded runs, one a row.
struct RunTable {
  struct Row: Encodable {
    let run: String
    let id: String
    let status: String
    let hyperparameters: [Hyperparameter]
    let seed: UInt64
    let rounds: Int
    let objective: String
    /// The best value of the objective and its round; `nil` before the first round.
    let best: Double?
    let bestRound: Int?
    /// Of training and evaluation, over all rounds.
    let seconds: Double
  }

  let rows: [Row]

  init(_ runs: [RunRecord]) {
    rows = runs.map { run in
      let best = run.history?.best(of: run.trial.objective)
      let rows = run.history?.rows ?? []
      return Row(
        run: run.name, id: run.id, status: run.status.word,
        hyperparameters: run.trial.hyperparameters, seed: run.trial.seed, rounds: rows.count,
        objective: run.trial.objective.metric, best: best.flatMap { JSONOutput.figure($0.value) },
        bestRound: best?.round,
        seconds: rows.reduce(0) { $0 + $1.trainingSeconds + $1.evaluationSeconds })
    }
  }

  func text(style: Style) -> String {
    var table = TableLayout([
      ("run", .left), ("id", .left), ("status", .left), ("rounds", .right), ("best", .right),
      ("of", .left), ("time", .right), ("hyperparameters", .left),
    ])
    for row in rows {
      let names = row.hyperparameters.map { "\($0.path) \($0.text)" } + ["seed \(row.seed)"]
      table.add([
        row.run, row.id, row.status, "\(row.rounds)",
        row.best.map { Units.decimals($0, 4) } ?? "", row.best == nil ? "" : row.objective,
        row.rounds > 0 ? Units.duration(row.seconds) : "", names.joined(separator: ", "),
      ])
    }
    return table.text(style: style)
  }
}

extension RunRecord {
  /// As a person names it: `quickstart/1`.
  var name: String { "\(experiment)/\(number)" }
}
