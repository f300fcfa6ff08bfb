package import Measurements

/// A series of single numbers in a history: a scalar series, or one place of a series with an axis.
package struct HistoryColumn: Sendable, Hashable {
  package let series: SeriesDescription
  /// The place along the only axis; `nil` for a scalar series.
  package let place: Int?

  package init(_ series: SeriesDescription, place: Int? = nil) {
    self.series = series
    self.place = place
  }

  /// `validation.mean_iou`, `validation.iou.crack`.
  package var name: String { place.map(series.elementName) ?? series.name }
  /// `mean IoU`, `IoU crack`, with the unit.
  package var header: String { place.map(series.elementHeader) ?? series.header }

  /// Those of ``writtenNames`` that leave the part `validation` out, where there is one.
  package var shortNames: [String] {
    writtenNames.filter { !$0.hasPrefix(SeriesDescription.validation + ".") }
  }

  /// What a person may write for it.
  package var writtenNames: [String] {
    place.map(series.writtenElementNames) ?? series.writtenNames
  }
}

extension MetricHistory {
  /// Every series of single numbers, in the order of the record; matrices have none.
  package var columns: [HistoryColumn] { series.columns }

  /// The column of that name; `nil` where there is none.
  package func column(_ name: String) -> HistoryColumn? { series.column(exactly: name) }

  /// The values of that name over all rows: NaN where there is none, `nil` where nothing is called so.
  package func values(of name: String) -> [Double]? { column(name).flatMap(values) }

  /// The values of a column over all rows; `nil` where the history has not got it.
  package func values(of column: HistoryColumn) -> [Double]? {
    guard let index = series.index(of: column) else { return nil }
    return rows.map { $0.values[index][column.place ?? 0] }
  }

  /// The measured values of a column's series in a row; `nil` where the history has not got it.
  package func measured(_ column: HistoryColumn, inRow row: Int) -> MeasuredValues? {
    series.index(of: column).map { rows[row].values[$0] }
  }
}

extension [SeriesDescription] {
  /// The classes of the data; empty where nothing is measured by class.
  var classNames: [String] {
    let name = SeriesAxis.classes([]).name
    return lazy.flatMap(\.axes).first { $0.name == name }?.labels ?? []
  }

  /// Every series of single numbers, in their order; matrices have none.
  var columns: [HistoryColumn] { flatMap(\.columns) }

  /// The column of that name; `nil` where there is none.
  func column(exactly name: String) -> HistoryColumn? {
    if let scalar = first(where: { $0.name == name && $0.isScalar }) {
      return HistoryColumn(scalar)
    }
    for series in self {
      if let place = series.element(named: name) { return HistoryColumn(series, place: place) }
    }
    return nil
  }

  /// The series that a column is of. Those of other classes may have one of that name with other places.
  func index(of column: HistoryColumn) -> Int? {
    firstIndex { series in
      guard series.name == column.series.name else { return false }
      guard let place = column.place else { return series.isScalar }
      return series.axes.count == 1 && series.axes[0].labels.indices.contains(place)
        && series.axes[0].labels[place] == column.series.axes[0].labels[place]
    }
  }
}

extension SeriesDescription {
  var columns: [HistoryColumn] {
    switch axes.count {
    case 0: [HistoryColumn(self)]
    case 1: axes[0].labels.indices.map { HistoryColumn(self, place: $0) }
    default: []
    }
  }
}
