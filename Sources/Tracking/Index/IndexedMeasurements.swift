internal import Foundation
internal import Measurements

/// The measured values of an indexed run: those that are kept, and for everything else those of its record,
/// which is read once.
final class IndexedMeasurements: RunMeasurements, @unchecked Sendable {
  private let run: IndexedRun
  private let schema: IndexSchema
  private let columns: IndexColumns
  /// By the objective of the schema; `nil` where no evaluation has a finite value.
  private let best: BestEvaluation?
  private let lock = NSLock()
  private var read: RunRecord??

  init(_ run: IndexedRun) throws(IndexDamage) {
    (self.run, schema, columns) = (run, run.schema, run.columns)
    let epoch = try run.kept(schema.place(of: .epochOfBest)).number
    let step = try run.kept(schema.place(of: .stepOfBest)).number
    let row = try run.kept(schema.place(of: .rowOfBest)).number
    let objective = schema.series.column(exactly: schema.metric).map(ColumnKey.init)
    guard let epoch, let step, let row, let place = objective.flatMap(columns.best),
      let value = try run.kept(place).number
    else {
      best = nil
      return
    }
    best = BestEvaluation(
      point: EvaluationPoint(step: Int(step), epoch: epoch), value: value, row: Int(row))
  }

  var record: RunRecord? {
    lock.lock()
    defer { lock.unlock() }
    if let read { return read }
    let record = run.record
    read = .some(record)
    return record
  }

  func best(of objective: Objective) -> BestEvaluation? {
    if objective == schema.objective { return best }
    // Nothing that it is judged by was measured.
    guard schema.series.column(exactly: objective.metric) != nil else { return nil }
    return record?.best(of: objective)
  }

  func value(of column: HistoryColumn, inRow row: Int) -> Double? {
    if row == best?.row {
      guard let place = columns.best(ColumnKey(column)) else { return nil }
      if let kept = try? run.kept(place) { return kept.number ?? .nan }
    }
    return record?.value(of: column, inRow: row)
  }

  func lastValue(of name: String) -> Double? {
    guard let column = schema.series.column(exactly: name) else { return nil }
    if let place = columns.last(ColumnKey(column)), let kept = try? run.kept(place) {
      return kept.number ?? .nan
    }
    return record?.lastValue(of: name)
  }

  func tested(_ column: HistoryColumn) -> Double? {
    guard let place = columns.tested(ColumnKey(column)) else { return nil }
    if let kept = try? run.kept(place) { return kept.number ?? .nan }
    return record?.tested(column)
  }

  func image(of column: HistoryColumn, inRow row: Int) -> String? {
    if row == best?.row {
      guard let place = columns.image(ColumnKey(column)) else { return nil }
      switch try? run.kept(place) {
      case .text(let image): return image
      case .some: return nil
      case nil: break
      }
    }
    return record?.image(of: column, inRow: row)
  }

  var contentDigest: String {
    if case .text(let digest)? = try? run.kept(IndexSchema.place(of: .content)) { return digest }
    return record?.contentDigest ?? ""
  }
}
