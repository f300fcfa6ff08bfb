internal import Measurements

/// The answers of one run, in the places of its schema.
struct IndexRow {
  let schema: IndexSchema
  /// As many as the schema has cells.
  let cells: [QueryValue]

  init(_ run: RunRecord) {
    let compared = ComparedRun(run)
    let whole = compared.settings.whole
    let settings = run.hasSettings ? whole.answers() : []
    let skeleton = SpecSkeleton(of: run.trial.resolvedSpec)
    let objective = run.trial.objective
    schema = IndexSchema(
      series: run.history?.series ?? [],
      tests: run.tests.map { .init(name: $0.facts.name, series: $0.history.series) },
      settings: settings.map(\.path), swept: compared.hyperparameters.map(\.path),
      skeleton: skeleton.text, valueCount: skeleton.values.count, metric: objective.metric,
      maximize: objective.maximize)
    let answers = RunSettings(root: whole)
    let history = IndexedHistory(run.history, schema).cells
    let tested = schema.tested
    var cells: [QueryValue] = []
    cells.reserveCapacity(
      RunFact.allCases.count + IndexSchema.Detail.allCases.count + settings.count
        + compared.hyperparameters.count + skeleton.values.count + history.count + tested.count)
    cells += RunFact.allCases.lazy.map { $0.value(of: run, answers) }
    cells += IndexSchema.Detail.allCases.lazy.map { $0.value(of: run, compared) }
    cells += settings.lazy.map(\.value)
    cells += compared.hyperparameters.lazy.map { .text($0.text) }
    cells += skeleton.values.lazy.map { .text($0) }
    cells += history
    cells += tested.lazy.map { run.answer(tested: $0) }
    self.cells = cells
  }
}

extension RunRecord {
  /// What the newest test that has a column found.
  fileprivate func answer(tested column: HistoryColumn) -> QueryValue {
    for test in tests.reversed() {
      guard let values = test.history.measured(column, inRow: 0) else { continue }
      return .measured(
        values[column.place ?? 0], column.name, at: test.facts.checkpoint.evaluation)
    }
    return .missing("it has no \(column.name)")
  }
}

extension IndexSchema.Detail {
  fileprivate func value(of run: RunRecord, _ compared: ComparedRun) -> QueryValue {
    func text(_ text: String?) -> QueryValue { text.map { .text($0) } ?? .missing("") }
    func number(_ number: Double?) -> QueryValue { number.map { .number($0) } ?? .missing("") }
    return switch self {
    case .storedNumber: .number(Double(run.number))
    case .home: .text(run.home)
    case .firstAttempt: text(run.firstAttempt)
    case .ownName: text(run.labels.name)
    case .lastBegun: text(run.lastBegun)
    case .ownMetric: .text(run.trial.objective.metric)
    case .ownMaximize: .number(run.trial.objective.maximize ? 1 : 0)
    case .validationDigest: text(compared.validationDigest)
    case .sharedDigest: text(compared.sharedDigest)
    case .trainingSamples: number(compared.attempt?.trainingSamples.map(Double.init))
    case .validationSamples: number(compared.attempt?.validationSamples.map(Double.init))
    case .inputSize: text(compared.attempt?.inputSize)
    case .point: .text(PointIdentity(compared).digest)
    case .ended: .text(run.status.ended)
    case .damage: .number(run.isDamaged ? 1 : 0)
    case .evaluated: .number(run.history == nil ? 0 : 1)
    case .plannedEpoch: number(compared.earlyEnd?.plannedEpoch)
    case .watched: text(compared.earlyEnd?.series)
    case .imported: .number(compared.isImported ? 1 : 0)
    case .written: .list(compared.texts.written.map { .text($0) })
    case .content: .text(run.contentDigest)
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
