internal import Measurements

extension IndexedRun {
  /// What ranking and comparing take from it, without reading the record where the index is sound.
  package var compared: ComparedRun {
    if let compared = try? ComparedRun(indexed: self) { return compared }
    return ComparedRun(record ?? .gone(self))
  }
}

/// A cell of an index cannot be read.
struct IndexDamage: Error {}

extension ComparedRun {
  fileprivate init(indexed run: IndexedRun) throws(IndexDamage) {
    let cells = IndexedCells(run)
    let schema = run.schema
    var evaluations: Evaluations?
    if try cells.number(.evaluated) == 1 {
      evaluations = Evaluations(
        series: schema.series, count: Int(try cells.number(.evaluations) ?? 0),
        epoch: try cells.number(.epochs) ?? 0, seconds: try cells.number(.seconds) ?? 0)
    }
    var earlyEnd: EarlyEnd?
    if let planned = try cells.number(.plannedEpoch) {
      earlyEnd = EarlyEnd(plannedEpoch: planned, series: try cells.text(.watched))
    }
    self.init(
      run, status: try cells.status(), failure: try cells.failure(),
      damage: try cells.texts(IndexSchema.place(of: RunFact.damage)),
      trial: Trial(
        seed: try cells.seed(), replicate: Int(try cells.number(.replicate) ?? 0),
        objective: schema.objective),
      texts: try cells.specTexts(), attempt: try cells.attempt(),
      began: (try cells.text(.started) ?? "", try cells.text(.lastBegun) ?? ""),
      evaluations: evaluations,
      tests: schema.tests.map { Test(name: $0.name, series: $0.series) }, earlyEnd: earlyEnd,
      values: try IndexedMeasurements(run))
  }
}

/// What an index keeps of a run, as what it was before it was kept.
private struct IndexedCells {
  private let run: IndexedRun
  private let schema: IndexSchema

  init(_ run: IndexedRun) { (self.run, schema) = (run, run.schema) }

  func number(_ detail: IndexSchema.Detail) throws(IndexDamage) -> Double? {
    try run.kept(IndexSchema.place(of: detail)).number
  }

  func number(_ fact: RunFact) throws(IndexDamage) -> Double? {
    try run.kept(IndexSchema.place(of: fact)).number
  }

  func text(_ detail: IndexSchema.Detail) throws(IndexDamage) -> String? {
    try run.kept(IndexSchema.place(of: detail)).word
  }

  func text(_ fact: RunFact) throws(IndexDamage) -> String? {
    try run.kept(IndexSchema.place(of: fact)).word
  }

  /// Of a list; none where there is none.
  func texts(_ place: Int) throws(IndexDamage) -> [String] {
    guard case .list(let elements) = try run.kept(place) else { return [] }
    return elements.compactMap(\.word)
  }

  func status() throws(IndexDamage) -> RunStatus {
    if let unended = try run.unended() { return unended }
    let word = try text(RunFact.status) ?? ""
    return RunStatus(ended: word, cause: try text(.cause) ?? "")
  }

  func failure() throws(IndexDamage) -> FailureRecord.Kind? {
    try text(RunFact.failure).flatMap(FailureRecord.Kind.init)
  }

  /// A number, or its digits where a number cannot hold all of them.
  func seed() throws(IndexDamage) -> UInt64 {
    if let number = try number(.seed) { return UInt64(exactly: number) ?? 0 }
    return try text(.seed).flatMap { UInt64($0) } ?? 0
  }

  func specTexts() throws(IndexDamage) -> SpecTexts {
    var hyperparameters: [Hyperparameter] = []
    for (index, path) in schema.swept.enumerated() {
      let text = try run.kept(schema.place(ofSwept: index)).word
      hyperparameters.append(Hyperparameter(path: path, text: text ?? ""))
    }
    var values: [String] = []
    for index in 0..<schema.valueCount {
      values.append(try run.kept(schema.place(ofValue: index)).word ?? "")
    }
    guard let resolved = SpecSkeleton.text(schema.skeleton, values) else { throw IndexDamage() }
    return SpecTexts(
      resolved: resolved, written: try texts(IndexSchema.place(of: .written)),
      hyperparameters: hyperparameters, isImported: try number(.imported) == 1)
  }

  func attempt() throws(IndexDamage) -> ComparedRun.Attempt? {
    guard let attempts = try number(.attempts), attempts > 0 else { return nil }
    return ComparedRun.Attempt(
      host: try text(.host) ?? "", version: try text(.version) ?? "",
      executable: try text(.build) ?? "", instructionSet: try text(.instructionSet) ?? "",
      threads: Int(try number(.threads) ?? 0), inputSize: try text(.inputSize),
      trainingSamples: try number(.trainingSamples).map { Int($0) },
      validationSamples: try number(.validationSamples).map { Int($0) },
      validationDigest: try text(.validationDigest), sharedDigest: try text(.sharedDigest))
  }
}

extension RunRecord {
  /// Stands for a record that was there when the runs were listed.
  fileprivate static func gone(_ run: IndexedRun) -> RunRecord {
    var record = RunRecord(
      id: run.id, experiment: run.experiment, number: run.number,
      trial: .unreadable(of: run.experiment), status: .damaged, history: nil, checkpoints: [],
      attempts: [], result: nil, damage: ["its record is gone"])
    record.isSuperseded = run.isSuperseded
    return record
  }
}

extension QueryValue {
  fileprivate var word: String? { if case .text(let text) = self { text } else { nil } }
}
