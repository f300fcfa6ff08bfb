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

  /// A small mark before the name of a row.
  func swatch(of runs: [RunPlace]) -> HTML { swatch(series(of: runs)) }

  func swatch(_ number: Int) -> HTML {
    .mark(.of(series: number), .series(number))
  }

  /// What the marks mean, where there are few enough to be learned.
  var legend: HTML {
    guard (2...10).contains(names.count) else { return .empty }
    let entries = names.enumerated().map { "<li>\(swatch($0))\($1)</li>\n" as HTML }
    return "<ul class=\"keys\" aria-label=\"Series\">\n\(entries)</ul>\n"
  }
}

extension RunPlace {
  /// `cells/3`.
  var shownName: String { "\(experiment)/\(number)" }
}
