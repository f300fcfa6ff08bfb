/// What the page's script joins rows of tables and marks of figures by.
enum RunKeys {
  static func text(_ ids: [String]) -> String {
    ids.map { String($0.prefix(8)) }.joined(separator: " ")
  }
}

/// Which series of the figures each run belongs to, so that a point has one colour and one mark on the
/// whole page.
struct RunStyles: Sendable {
  private let series: [String: Int]
  /// Of the series, in their order.
  let names: [String]

  init(_ input: ChartInput) {
    let points = ChartPoints(input)
    let facets = CurveFacets(points)
    var series: [String: Int] = [:]
    for (point, number) in facets.columns.flatMap(\.members) {
      for run in points.points[point].runs { series[run.id] = number }
    }
    self.series = series
    names = facets.names
  }

  func series(of runs: [RunPlace]) -> Int { runs.first.flatMap { series[$0.id] } ?? 0 }

  /// A small mark before a name.
  func swatch(_ number: Int) -> HTML {
    HTML.drawing(
      of: Figure(
        title: names.indices.contains(number) ? names[number] : "series", description: "", width: 16,
        rows: [
          Figure.Row(
            height: 12,
            [
              Panel(
                x: .hidden(.linear(0...1)), y: .hidden(.linear(0...1)),
                marks: [
                  .point(PointMark(0.5, 0.5, .of(series: number), .series(number), size: 4.5))
                ])
            ])
        ], table: FigureTable(columns: [], rows: [])))
  }
}
