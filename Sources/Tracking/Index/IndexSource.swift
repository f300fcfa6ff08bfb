internal import Foundation
internal import Measurements

/// Where indexed runs have their answers from.
final class IndexSource: @unchecked Sendable {
  let store: FolderStore
  let file: IndexFile
  private let lock = NSLock()
  private var places: [Asked: Place] = [:]
  private var settings: [Asked: Bool] = [:]
  private var columns: [Int: IndexColumns] = [:]

  init(store: FolderStore, file: IndexFile) {
    (self.store, self.file) = (store, file)
  }

  /// Where the answer to a question is.
  enum Place {
    case cell(Int)
    case missing(String)
    case record
  }

  private struct Asked: Hashable {
    let value: RunValue
    let table: Int
  }

  func place(of value: RunValue, inTable table: Int) -> Place {
    lock.lock()
    defer { lock.unlock() }
    let asked = Asked(value: value, table: table)
    if let known = places[asked] { return known }
    let place = file.tables[table].schema.place(of: value)
    places[asked] = place
    return place
  }

  /// See ``IndexSchema/isSetting(_:)``.
  func isSetting(_ value: RunValue, inTable table: Int) -> Bool {
    lock.lock()
    defer { lock.unlock() }
    let asked = Asked(value: value, table: table)
    if let known = settings[asked] { return known }
    let isSetting = file.tables[table].schema.isSetting(value)
    settings[asked] = isSetting
    return isSetting
  }

  func columns(ofTable table: Int) -> IndexColumns {
    lock.lock()
    defer { lock.unlock() }
    if let known = columns[table] { return known }
    let found = IndexColumns(file.tables[table].schema)
    columns[table] = found
    return found
  }
}

extension IndexSchema {
  /// Where runs of this schema have the answer, by the rules of ``RunAnswers``.
  func place(of value: RunValue) -> IndexSource.Place {
    if let coordinate = Coordinate(rawValue: value.name) {
      return series.isEmpty
        ? .missing(RunAnswers.nothingMeasured) : place(of: coordinate, value.statistic)
    }
    if value.isPlain, let fact = RunFact(named: value.name) { return .cell(Self.place(of: fact)) }
    if let column = series.column(named: value.name) { return place(of: column, value.statistic) }
    if let tested = place(ofTested: value.name) { return tested }
    let absent =
      series.isEmpty ? RunAnswers.nothingMeasured : "it has no \(value.name)"
    guard value.isPlain else { return .missing(absent) }
    if let index = settings.firstIndex(of: value.name) { return .cell(place(ofSetting: index)) }
    let ends = settings.indices.filter { settings[$0].hasSuffix(".\(value.name)") }
    if ends.count == 1 { return .cell(place(ofSetting: ends[0])) }
    // Sections, components by their places, and what could be several settings.
    let isPart =
      ends.count > 1 || value.name.contains { $0.isNumber }
      || settings.contains { $0.hasPrefix("\(value.name).") }
    return isPart ? .record : .missing(absent)
  }

  /// True where a run of this schema has the answer from its spec, if it has one.
  func isSetting(_ value: RunValue) -> Bool {
    value.isPlain && Coordinate(rawValue: value.name) == nil && RunFact(named: value.name) == nil
      && series.column(named: value.name) == nil
      && tests.allSatisfy { $0.series.column(named: value.name) == nil }
  }

  /// The newest test counts that has something of that name.
  private func place(ofTested name: String) -> IndexSource.Place? {
    for (index, test) in tests.enumerated().reversed() {
      guard let column = test.series.column(named: name) else { continue }
      // A newer test may have the column under other names alone.
      guard tests[(index + 1)...].allSatisfy({ $0.series.index(of: column) == nil }),
        let place = IndexColumns(self).tested(ColumnKey(column))
      else { return .record }
      return .cell(place)
    }
    return nil
  }

  private func place(
    of coordinate: Coordinate, _ statistic: RunValue.Statistic
  ) -> IndexSource.Place {
    guard case .at(let evaluation) = statistic else { return .record }
    let isEpoch = coordinate == .epoch
    switch evaluation {
    case .first: return .cell(place(of: isEpoch ? .epochOfFirst : .stepOfFirst))
    case .last: return .cell(place(of: isEpoch ? .epochOfLast : .stepOfLast))
    case .best(nil): return .cell(place(of: isEpoch ? .epochOfBest : .stepOfBest))
    case .best, .highest, .lowest:
      guard let (index, isHighest) = chosen(by: evaluation) else { return .record }
      let kept: Statistic =
        isHighest
        ? (isEpoch ? .epochOfHighest : .stepOfHighest) : (isEpoch ? .epochOfLowest : .stepOfLowest)
      return .cell(place(ofColumn: index, kept))
    case .epoch, .step: return .record
    }
  }

  private func place(
    of column: HistoryColumn, _ statistic: RunValue.Statistic
  ) -> IndexSource.Place {
    guard let index = columns.firstIndex(of: column) else { return .record }
    func cell(_ statistic: Statistic) -> IndexSource.Place {
      .cell(place(ofColumn: index, statistic))
    }
    switch statistic {
    case .max: return cell(.highest)
    case .min: return cell(.lowest)
    case .mean: return .record
    case .at(.first): return cell(.first)
    case .at(.last): return cell(.last)
    case .at(.best(nil)): return cell(.best)
    case .at(let evaluation):
      guard let (other, isHighest) = chosen(by: evaluation) else { return .record }
      if columns[other].name == metric, isHighest == maximize { return cell(.best) }
      return other == index ? cell(isHighest ? .highest : .lowest) : .record
    }
  }

  /// The column that chooses an evaluation, and whether by its highest value.
  private func chosen(by evaluation: RunValue.Evaluation) -> (column: Int, isHighest: Bool)? {
    guard let column = evaluation.series.flatMap({ series.column(named: $0) }),
      let index = columns.firstIndex(of: column)
    else { return nil }
    switch evaluation {
    case .highest: return (index, true)
    case .lowest: return (index, false)
    default: return column.direction(objective).map { (index, $0) }
    }
  }
}
