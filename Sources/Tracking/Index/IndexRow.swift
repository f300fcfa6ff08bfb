internal import Measurements

/// The answers of one run, in the places of its schema.
struct IndexRow {
  let schema: IndexSchema
  /// As many as the schema has cells.
  let cells: [QueryValue]

  init(_ run: RunRecord) {
    let settings = TrialSettings(run.trial)
    let answers = RunSettings(root: settings.whole)
    let paths = run.hasSettings ? settings.whole.paths() : []
    let objective = run.trial.objective
    let history = run.history.flatMap { $0.rows.isEmpty ? nil : $0 }
    schema = IndexSchema(
      series: history?.series ?? [], testSeries: run.tests.flatMap(\.history.series),
      settings: paths, metric: objective.metric,
      maximize: objective.maximize)
    var cells = RunFact.allCases.map { $0.value(of: run, answers) }
    cells += IndexSchema.Detail.allCases.map { $0.value(of: run, settings) }
    cells += paths.map { path in
      answers.value(at: path.split(separator: ".").map(String.init))
        ?? .missing("it has no \(path)")
    }
    if let history {
      cells += Self.measured(history, schema)
    } else {
      let nothing = QueryValue.missing(RunAnswers.nothingMeasured)
      cells += IndexSchema.Moment.allCases.map { _ in nothing }
    }
    self.cells = cells
  }

  private static func measured(_ history: MetricHistory, _ schema: IndexSchema) -> [QueryValue] {
    let points = history.rows.map(\.point)
    let best = history.best(of: schema.objective)?.row
    let noBest = QueryValue.missing(MetricHistory.neverFinite(schema.metric))
    func coordinates(_ row: Int?, otherwise: QueryValue) -> [QueryValue] {
      guard let row else { return [otherwise, otherwise] }
      return [.number(points[row].epoch), .number(Double(points[row].step))]
    }
    var cells =
      coordinates(0, otherwise: noBest) + coordinates(points.count - 1, otherwise: noBest)
      + coordinates(best, otherwise: noBest)
    for (index, series) in history.series.enumerated() {
      for column in IndexSchema.columns(of: [series]) {
        let values = history.rows.map { $0.values[index][column.place ?? 0] }
        let never = QueryValue.missing(MetricHistory.neverFinite(column.name))
        func value(_ row: Int) -> QueryValue {
          .measured(values[row], column.name, at: points[row])
        }
        let highest = MetricHistory.extreme(values, highest: true)
        let lowest = MetricHistory.extreme(values, highest: false)
        cells += [
          value(0), value(values.count - 1), best.map(value) ?? noBest,
          highest.map { .number(values[$0]) } ?? never, lowest.map { .number(values[$0]) } ?? never,
        ]
        cells += coordinates(highest, otherwise: never) + coordinates(lowest, otherwise: never)
      }
    }
    return cells
  }
}

extension IndexSchema.Detail {
  fileprivate func value(of run: RunRecord, _ settings: TrialSettings) -> QueryValue {
    switch self {
    case .storedNumber: .number(Double(run.number))
    case .home: .text(run.home)
    case .firstAttempt: run.firstAttempt.map { .text($0) } ?? .missing("")
    case .ownName: run.labels.name.map { .text($0) } ?? .missing("")
    case .lastBegun: run.lastBegun.map { .text($0) } ?? .missing("")
    case .ownMetric: .text(run.trial.objective.metric)
    case .ownMaximize: .number(run.trial.objective.maximize ? 1 : 0)
    case .validation:
      if let digest = run.validationDigest, let history = run.history {
        .text(([digest] + history.classNames).joined(separator: "\n"))
      } else {
        .missing("")
      }
    case .point: .text(PointIdentity(run, settings).digest)
    case .tests: .number(Double(run.tests.count))
    case .ended: .text(run.status.ended)
    case .damage: .number(run.isDamaged ? 1 : 0)
    }
  }
}

extension RunStatus {
  /// `no` where the lock tells whether it is running.
  fileprivate var ended: String {
    switch self {
    case .waiting: "waiting"
    case .interrupted: "interrupted"
    // Whatever it was before it was begun: the lock was held when it was read.
    case .running: "interrupted"
    case .finished, .pruned, .failed, .damaged: "yes"
    }
  }
}
