internal import Datasets
internal import Measurements
internal import Tracking

/// What the points of a sweep over settings of evaluations came out as, a line a point.
struct SweptTable {
  private let paths: [String]
  /// The metric that runs are judged by comes first.
  private let metric: String
  private var rows: [(point: [String], test: TestRecord)] = []

  /// - Parameter objective: what the run is judged by.
  init(_ paths: [String], objective: Objective) {
    self.paths = paths
    metric = String(objective.metric.drop { $0 != "." }.dropFirst())
  }

  mutating func add(_ point: [String], _ test: TestRecord) { rows.append((point, test)) }

  func text(style: Style) -> String {
    guard let first = rows.first?.test else { return "" }
    var columns = first.history.columns.filter { $0.place == nil && $0.series.isPrincipal }
    if let objective = first.history.column("\(first.facts.name).\(metric)") {
      columns.removeAll { $0 == objective }
      columns.insert(objective, at: 0)
    }
    var table = TableLayout(
      paths.map { .init(String($0.drop { $0 != "." }.dropFirst())) }
        + columns.enumerated().map { index, column in
          .init(column.header, .right, importance: index == 0 ? .max : 40 - index)
        })
    table.remedy = EvaluationTables.remedy
    for (point, test) in rows {
      table.add(
        point
          + columns.map { column in
            test.history.values(of: column)?.first.map(column.series.format.text) ?? ""
          })
    }
    return table.text(style: style)
  }
}
