internal import Datasets
import Measurements
import Tracking

/// What a run's evaluations measured, for people: one line an evaluation, and everything that the best
/// one, or the last, says. All of it follows from what the series declare.
struct EvaluationTables {
  private let history: MetricHistory
  private let objective: Objective?
  private let best: EvaluationPoint?

  init(_ history: MetricHistory, objective: Objective?, best: EvaluationPoint?) {
    (self.history, self.objective, self.best) = (history, objective, best)
  }

  static let remedy = "see all with --json, or in a wider terminal"

  /// Headings and tables in turn.
  func parts(_ style: Style) -> [String] {
    let row = history.rows.first { $0.point == best } ?? history.rows.last
    return [style.bold("evaluations"), evaluations(style)]
      + (row.map { details(of: $0, style) } ?? [])
  }

  // MARK: - One line an evaluation

  /// The principal series, and the objective.
  private func evaluations(_ style: Style) -> String {
    let objective = objective.flatMap { history.column($0.metric) }
    var columns = history.columns.filter { $0.place == nil && $0.series.isPrincipal }
    if let objective, !columns.contains(objective) { columns.append(objective) }
    var table = TableLayout(
      [.init("epoch", .right), .init("step", .right, importance: 2)]
        + columns.enumerated().map { index, column in
          .init(
            column.header, .right,
            importance: column == objective ? .max : max(3, 40 - index))
        } + [.init("time", .right, importance: 1)])
    table.remedy = Self.remedy
    let values = columns.map { history.values(of: $0) ?? [] }
    for (index, row) in history.rows.enumerated() {
      let cells = zip(columns, values).map { $0.series.format.text($1[index]) }
      table.add(
        [row.point.epochText, "\(row.step)"] + cells
          + [Units.duration(history.seconds(of: row))])
    }
    return table.text(style: style)
  }

  // MARK: - One evaluation

  private func details(of row: MetricHistory.Row, _ style: Style) -> [String] {
    let place = "epoch \(row.point.epochText)\(row.point == best ? ", the best" : "")"
    return details(of: row, style) { "\($0), \(place)" }
  }

  /// Headings and tables in turn of one evaluation alone.
  func values(of row: MetricHistory.Row, _ style: Style) -> [String] {
    details(of: row, style) { $0 }
  }

  /// - Parameter heading: of a table with that title.
  private func details(
    of row: MetricHistory.Row, _ style: Style, heading: (String) -> String
  ) -> [String] {
    var parts = [style.bold(heading("values")), scalars(row, style)]
    let classes = ClassTable(row, of: history)
    if !classes.isEmpty {
      parts += [style.bold(heading("classes")), classes.text(style: style)]
    }
    for (series, values) in zip(history.series, row.values) {
      guard let (title, text) = table(series, values, style) else { continue }
      parts += [style.bold(heading(title)), text]
    }
    if let weights = WeightTable(row, of: history) {
      parts += [style.bold(heading("weights")), weights.text(style: style)]
    }
    return parts
  }

  private func scalars(_ row: MetricHistory.Row, _ style: Style) -> String {
    var list = FactList()
    for (series, values) in zip(history.series, row.values) where series.isScalar {
      list.add(series.title, series.text(of: values[0]))
    }
    return list.text(style: style)
  }

  /// The table of a matrix or of ranked images, with its heading; `nil` for other series, which have
  /// their place elsewhere.
  private func table(
    _ series: SeriesDescription, _ values: MeasuredValues, _ style: Style
  ) -> (title: String, text: String)? {
    switch values {
    case .images(let images):
      guard !images.isEmpty else { return nil }
      return ("worst images", worstImages(series, images, style))
    case .counts(let counts):
      if let matrix = ConfusionTable(series, counts) {
        return (series.title, matrix.text(style: style))
      }
      return BinaryConfusionTable(series, counts).map {
        ("\(series.title) by class", $0.text(style: style))
      }
    case .number, .numbers: return nil
    }
  }

  private func worstImages(
    _ series: SeriesDescription, _ images: [RankedImage], _ style: Style
  ) -> String {
    let title = history.series.first { $0.name == series.summary }?.header ?? series.header
    var table = TableLayout([.init(title, .right), .init("image")])
    table.remedy = Self.remedy
    for image in images { table.add([series.format.text(image.value), image.name]) }
    return table.text(style: style)
  }
}
