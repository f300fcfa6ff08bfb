internal import Measurements

/// The series of a comparison, chosen from what the runs have recorded.
struct ComparedSeries {
  /// What runs are chosen by.
  let objective: HistoryColumn
  /// Those that specs ask for, in their order.
  let asked: [HistoryColumn]
  /// Those that are there as long as there is room.
  let principal: [HistoryColumn]
  let recorded: RecordedColumns

  init(_ rows: [ComparedRow], _ objective: Objective) {
    let recorded = RecordedColumns(rows)
    self.recorded = recorded
    self.objective =
      recorded.columns.first { $0.name == objective.metric } ?? .unrecorded(objective)
    let names = rows.flatMap { $0.first.settings.metrics.map(\.name) }
    var seen: Set<String> = []
    asked = names.filter { seen.insert($0).inserted }
      .flatMap { recorded.columns(named: $0) }
      .filter { $0.place == nil && $0.hasValues(in: rows) }
    principal = recorded.columns.filter {
      $0.place == nil && $0.series.isPrincipal && $0.hasValues(in: rows)
    }
  }
}

/// Every column that some run has recorded, once.
struct RecordedColumns {
  private(set) var columns: [HistoryColumn] = []
  private var series: [SeriesDescription] = []

  init(_ rows: [ComparedRow]) {
    var tables: Set<[SeriesDescription]> = []
    var names: Set<String> = []
    let runs = rows.flatMap(\.entries).map(\.run)
    for table in runs.compactMap(\.evaluations?.series) + runs.flatMap({ $0.tests.map(\.series) })
    where tables.insert(table).inserted {
      series += table
      columns += table.columns.filter { names.insert($0.name).inserted }
    }
  }

  /// The column of that name, or the columns of the series with an axis that has it; none where nothing
  /// is called so. Names count before aliases.
  func columns(named written: String) -> [HistoryColumn] {
    let scoped = "\(SeriesDescription.validation).\(written)"
    if let column = columns.first(where: { $0.name == written || $0.name == scoped }) {
      return [column]
    }
    if let column = columns.first(where: { $0.writtenNames.contains(written) }) { return [column] }
    guard let array = series.first(where: { !$0.isScalar && $0.writtenNames.contains(written) })
    else { return [] }
    return columns.filter { $0.series.name == array.name }
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
