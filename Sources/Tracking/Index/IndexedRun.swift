internal import Foundation
internal import Measurements

/// A run as an index knows it: answers what is kept there, and reads the record for everything else.
package struct IndexedRun: ListedRun {
  private let source: IndexSource
  private let table: Int
  private let row: Int
  var tableNumber: Int { table }
  var rowNumber: Int { row }
  package let id: String
  package let experiment: String
  package var number: Int
  package var isSuperseded = false

  init(_ source: IndexSource, run: Int) {
    let entry = source.file.runs[run]
    self.source = source
    (table, row) = (Int(entry.table), Int(entry.row))
    id = source.file.text(entry.id) ?? ""
    experiment = source.file.text(entry.experiment) ?? ""
    number = 0
    if case .number(let stored)? = cell(IndexSchema.place(of: .storedNumber)) {
      number = Int(exactly: stored) ?? 0
    } else {
      number = record?.number ?? 0
    }
  }

  var schema: IndexSchema { source.file.tables[table].schema }
  func isSetting(_ value: RunValue) -> Bool { source.isSetting(value, inTable: table) }
  var columns: IndexColumns { source.columns(ofTable: table) }

  /// The whole record, as it is now; `nil` where it is gone.
  package var record: RunRecord? {
    guard
      var record = try? source.store.run(id, experiment: experiment)?.judged(by: schema.objective)
    else { return nil }
    record.isSuperseded = isSuperseded
    if number != 0 { record.number = number }
    return record
  }

  package func value(of value: RunValue) -> QueryValue {
    kept(value) ?? record.map { RunAnswers($0).value(of: value) } ?? Self.isGone
  }

  static let isGone = QueryValue.missing("its record is gone")

  /// The answer as far as the index has it.
  func kept(_ value: RunValue) -> QueryValue? {
    if value.isPlain, let fact = RunFact(named: value.name), let own = ownValue(of: fact) {
      return own
    }
    switch source.place(of: value, inTable: table) {
    case .cell(let place): return cell(place)
    case .missing(let reason): return .missing(reason)
    case .record: return nil
    }
  }

  /// What is not as it was when the record was read.
  private func ownValue(of fact: RunFact) -> QueryValue? {
    switch fact {
    case .run: return .text(name)
    case .number:
      return isSuperseded
        ? .missing("another trial has its number now") : .number(Double(number))
    case .status: return (try? unended())?.map { .text($0.word) }
    default: return nil
    }
  }

  /// How it stands now where it has not ended; `nil` where it has.
  func unended() throws(IndexDamage) -> RunStatus? {
    guard case .text(let ended) = try kept(IndexSchema.place(of: .ended)), ended != "yes" else {
      return nil
    }
    let folder = RunFolder(root: source.store.root, experiment: experiment, id: id)
    if RunLock.isHeld(folder.lock) { return .running }
    return ended == RunStatus.waiting.word ? .waiting : .interrupted
  }

  /// What the settings of runs of one table are.
  func settingKinds(inRows rows: [Int], ofTable table: Int) -> [(String, Set<QueryKind>)] {
    schema.settings.enumerated().map { index, path in
      guard let column = source.file.column(table, schema.place(ofSetting: index)) else {
        return (path, [])
      }
      // A kind for each of a million cells, and three kinds at most.
      var kinds: Set<QueryKind> = []
      var last: QueryKind?
      for row in rows {
        let kind = IndexCell(bits: column[row]).kind
        if let kind, kind != last { kinds.insert(kind) }
        last = kind
      }
      return (path, kinds)
    }
  }

  func detail(_ detail: IndexSchema.Detail) -> QueryValue? { cell(IndexSchema.place(of: detail)) }

  /// What a cell keeps.
  func kept(_ place: Int) throws(IndexDamage) -> QueryValue {
    guard let value = cell(place) else { throw IndexDamage() }
    return value
  }

  /// `nil` where the index is damaged there.
  private func cell(_ place: Int) -> QueryValue? {
    source.file.column(table, place).flatMap { IndexCell(bits: $0[row]).value(source.file.text) }
  }

  private func text(_ detail: IndexSchema.Detail, _ read: (RunRecord) -> String?) -> String? {
    switch self.detail(detail) {
    case .text(let text)?: text
    case .missing?: nil
    default: record.flatMap(read)
    }
  }
}

extension IndexedRun {
  package var home: String { text(.home, \.home) ?? experiment }
  package var firstAttempt: String? { text(.firstAttempt, \.firstAttempt) }
  package var lastBegun: String? { text(.lastBegun, \.lastBegun) }
  package var ownName: String? { text(.ownName, \.ownName) }
  /// See ``PointIdentity``.
  var point: String? { text(.point) { PointIdentity(ComparedRun($0)).digest } }
  /// What it was validated on, with which classes, as far as that is known.
  private var validation: String? {
    guard !schema.series.isEmpty, let digest = text(.validationDigest, \.validationDigest)
    else { return nil }
    return ([digest] + schema.series.classNames).joined(separator: "\n")
  }
  var isDamaged: Bool { detail(.damage)?.number.map { $0 != 0 } ?? record?.isDamaged ?? true }
  var hasSettings: Bool { !schema.settings.isEmpty }

  package var tags: [String] {
    guard case .list(let tags)? = cell(IndexSchema.place(of: RunFact.tags)) else {
      return record?.tags ?? []
    }
    return tags.map { $0.text() }
  }

  /// The index keeps what the runs are judged by now.
  package func judged(by objective: Objective?) -> IndexedRun { self }

  package static func bests(of runs: [IndexedRun]) -> BestRuns {
    let known = runs.filter(\.hasSettings).sorted { $0.listingOrder < $1.listingOrder }
    guard let objective = known.first?.schema.objective,
      Set(known.compactMap(\.validation)).count <= 1, let order = RunOrder.best(by: objective),
      known.allSatisfy({ $0.schema.objective == objective })
    else { return BestRuns(Ranking(runs.map(\.compared))) }
    let best = order.sorted(known.filter { !$0.isDamaged && !$0.isPruned })
      .first { !$0.value(of: order.value).isMissing }
    return BestRuns(runs: best.map { [($0.place, "")] } ?? [])
  }
}

extension [IndexedRun] {
  /// The whole records, in their order; without those that are gone meanwhile.
  package var records: [RunRecord] { parallelMap(self, \.record).compactMap(\.self) }
}
