internal import Datasets
import Measurements
import Tracking

/// What an evaluation says of each class: a column for every series over the classes.
struct ClassTable {
  private let classNames: [String]
  private let columns: [Column]

  private struct Column {
    let series: SeriesDescription
    let values: MeasuredValues
    /// The value of the series that sums it up; `nil` where there is none.
    let summary: Double?
  }

  init(_ row: MetricHistory.Row, of history: MetricHistory) {
    let axis = SeriesAxis.classes(history.classNames)
    classNames = axis.labels
    columns = zip(history.series, row.values).filter { $0.0.axes == [axis] }
      .map { series, values in
        let summary = series.summary.flatMap { name in
          history.series.firstIndex { $0.name == name }.map { row.values[$0][0] }
        }
        return Column(series: series, values: values, summary: summary)
      }
  }

  var isEmpty: Bool { columns.isEmpty }

  /// A line for each class, and one for what sums the classes up. Counts have their share of all beside
  /// them.
  func text(style: Style) -> String {
    var table = TableLayout(
      [("class", .left)]
        + columns.flatMap { column -> [(title: String, alignment: TableLayout.Alignment)] in
          Self.titles(of: column.series).map { (title: $0, alignment: .right) }
        })
    for (place, name) in classNames.enumerated() {
      table.add([name] + columns.flatMap { cells($0, place) })
    }
    table.add(
      ["mean"]
        + columns.flatMap { column in
          column.series.format == .count
            ? ["", ""] : [column.summary.map(column.series.format.text) ?? ""]
        })
    table.remedy = "see all with --json, or in a wider terminal"
    return table.text(style: style)
  }

  private static func titles(of series: SeriesDescription) -> [String] {
    series.format == .count ? [series.title, "share"] : [series.header]
  }

  private func cells(_ column: Column, _ place: Int) -> [String] {
    let text = column.series.format.text(column.values[place])
    guard column.series.format == .count else { return [text] }
    let total = classNames.indices.reduce(0) { $0 + column.values[$1] }
    return [text, "\(Units.decimals(100 * column.values[place] / total, 1)) %"]
  }
}
