internal import Measurements

/// What an index keeps of a history: when evaluations were, and what they found.
struct IndexedHistory {
  /// In the places of the schema.
  private(set) var cells: [QueryValue] = []

  init(_ history: MetricHistory?, _ schema: IndexSchema) {
    let columns = schema.columns
    guard let history, !history.rows.isEmpty else {
      // Nothing was measured of series that are there.
      let count =
        IndexSchema.Moment.allCases.count + columns.count * IndexSchema.Statistic.allCases.count
        + schema.further.count * IndexSchema.Further.allCases.count
      cells = Array(repeating: .missing(RunAnswers.nothingMeasured), count: count)
      return
    }
    let points = history.rows.map(\.point)
    let best = history.best(of: schema.objective)?.row
    let noBest = QueryValue.missing(MetricHistory.neverFinite(schema.metric))
    cells.reserveCapacity(7 + 9 * columns.count)
    addPoint(points[0])
    addPoint(points[points.count - 1])
    addPoint(best.map { points[$0] }, otherwise: noBest)
    cells.append(best.map { .number(Double($0)) } ?? noBest)
    for (column, values) in Self.followed(history) { add(column, values, points, best, noBest) }
    for (index, series) in history.series.enumerated() where !IndexSchema.isFollowed(series) {
      for column in series.columns {
        guard let best else {
          cells += [noBest, noBest]
          continue
        }
        let (values, place) = (history.rows[best].values[index], column.place ?? 0)
        let images = values.images ?? []
        cells.append(.measured(values[place], column.name, at: points[best]))
        cells.append(images.indices.contains(place) ? .text(images[place].name) : .missing(""))
      }
    }
  }

  /// The columns whose statistics are kept, each with its values, collected row after row.
  private static func followed(
    _ history: MetricHistory
  ) -> [(column: HistoryColumn, values: [Double])] {
    var columns: [(series: Int, column: HistoryColumn)] = []
    for (index, series) in history.series.enumerated() where IndexSchema.isFollowed(series) {
      columns += series.columns.map { (index, $0) }
    }
    let places = columns.map { (series: $0.series, place: $0.column.place ?? 0) }
    let count = history.rows.count
    var values = Array(repeating: Double.nan, count: columns.count * count)
    for (row, measured) in history.rows.lazy.map(\.values).enumerated() {
      for (column, place) in places.enumerated() {
        values[column * count + row] = measured[place.series][place.place]
      }
    }
    return columns.enumerated().map { index, column in
      (column.column, Array(values[index * count..<(index + 1) * count]))
    }
  }

  private mutating func add(
    _ column: HistoryColumn, _ values: [Double], _ points: [EvaluationPoint], _ best: Int?,
    _ noBest: QueryValue
  ) {
    let never = { QueryValue.missing(MetricHistory.neverFinite(column.name)) }
    func value(_ row: Int) -> QueryValue { .measured(values[row], column.name, at: points[row]) }
    let highest = MetricHistory.extreme(values, highest: true)
    let lowest = MetricHistory.extreme(values, highest: false)
    cells.append(value(0))
    cells.append(value(values.count - 1))
    cells.append(best.map(value) ?? noBest)
    cells.append(highest.map { .number(values[$0]) } ?? never())
    cells.append(lowest.map { .number(values[$0]) } ?? never())
    for row in [highest, lowest] { addPoint(row.map { points[$0] }, otherwise: never()) }
  }

  private mutating func addPoint(
    _ point: EvaluationPoint?, otherwise: @autoclosure () -> QueryValue = .missing("")
  ) {
    cells.append(point.map { .number($0.epoch) } ?? otherwise())
    cells.append(point.map { .number(Double($0.step)) } ?? otherwise())
  }
}
