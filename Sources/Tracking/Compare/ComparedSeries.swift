internal import Measurements

/// The measured columns of a comparison, in their order: chosen from what the runs have recorded.
struct ComparedSeries {
  /// What the rows are sorted by.
  let objective: HistoryColumn
  let columns: [Column]

  struct Column {
    let column: HistoryColumn
    let rank: Rank
  }

  /// Why a column is there.
  enum Rank {
    case objective
    /// Somebody asked for it, in a spec or on the command line.
    case asked
    /// It is there as long as there is room.
    case principal
    case other
  }

  /// - Throws: ``UnknownColumn`` where a name that was chosen is that of nothing recorded.
  init(
    _ rows: [ComparedRow], _ objective: Objective, _ choice: ColumnChoice
  ) throws(UnknownColumn) {
    let recorded = RecordedColumns(rows)
    let first = recorded.columns.first { $0.name == objective.metric } ?? .unrecorded(objective)
    var columns: [Column] = []
    func add(_ more: [HistoryColumn], _ rank: Rank) {
      for column in more where !columns.contains(where: { $0.column.name == column.name }) {
        columns.append(Column(column: column, rank: column.name == first.name ? .objective : rank))
      }
    }
    for name in choice.names { add(try recorded.columns(named: name), .asked) }
    if choice.names.isEmpty {
      add([first], .objective)
      let asked = rows.flatMap { TrialSettings.metrics(of: $0.first.trial) }
      add(
        asked.flatMap { (try? recorded.columns(named: $0)) ?? [] }.filter { column in
          column.place == nil && column.hasValues(in: rows)
        }, .asked)
      add(
        recorded.columns.filter {
          $0.place == nil && $0.series.isPrincipal && $0.hasValues(in: rows)
        }, .principal)
    }
    if choice.holdsEverything { add(recorded.columns, .other) }
    self.objective = first
    self.columns = columns
  }
}

/// Which measured columns a comparison has.
package struct ColumnChoice: Sendable, Hashable {
  /// In the order that they are to have, as a person writes them: `mean_iou`, `hd95`, `iou.car`. Where
  /// there are none the table shows the objective, what specs ask for, and the principal series.
  package var names: [String]
  /// True where everything else that is recorded follows.
  package var holdsEverything: Bool

  package init(_ names: [String] = [], holdsEverything: Bool = false) {
    self.names = names
    self.holdsEverything = holdsEverything
  }
}

/// A name that is that of no column.
package struct UnknownColumn: Error, Sendable {
  package let name: String
  /// What could have been meant.
  package let known: [String]
}

/// Every column that some run has recorded, once.
private struct RecordedColumns {
  private(set) var columns: [HistoryColumn] = []
  private var series: [SeriesDescription] = []

  init(_ rows: [ComparedRow]) {
    var tables: Set<[SeriesDescription]> = []
    var names: Set<String> = []
    let runs = rows.flatMap(\.entries).map(\.run)
    for history in runs.compactMap(\.history) + runs.flatMap({ $0.tests.map(\.history) })
    where tables.insert(history.series).inserted {
      series += history.series
      columns += history.columns.filter { names.insert($0.name).inserted }
    }
  }

  /// The column of that name, or the columns of the series with an axis that has it. Names count before
  /// aliases.
  func columns(named written: String) throws(UnknownColumn) -> [HistoryColumn] {
    let scoped = "\(SeriesDescription.validation).\(written)"
    if let column = columns.first(where: { $0.name == written || $0.name == scoped }) {
      return [column]
    }
    if let column = columns.first(where: { $0.writtenNames.contains(written) }) { return [column] }
    if let array = series.first(where: { !$0.isScalar && $0.writtenNames.contains(written) }) {
      let places = columns.filter { $0.series.name == array.name }
      if !places.isEmpty { return places }
    }
    throw UnknownColumn(name: written, known: columns.flatMap(\.shortNames))
  }
}

extension HistoryColumn {
  /// Stands for an objective that nothing has recorded.
  fileprivate static func unrecorded(_ objective: Objective) -> HistoryColumn {
    HistoryColumn(
      SeriesDescription(
        objective.metric, title: objective.metric, higherIsBetter: objective.maximize,
        about: "Nothing of that name is recorded."))
  }

  fileprivate func hasValues(in rows: [ComparedRow]) -> Bool {
    rows.contains { !$0.values(of: self).allSatisfy(\.isNaN) }
  }
}
