import Measurements
import Tracking

/// What the parameters of a network look like: for each its least and greatest value, how its values are
/// distributed between them, and how large its gradient was.
struct WeightTable {
  private let names: [String]
  private let columns: [(series: SeriesDescription, values: MeasuredValues)]
  /// `[parameters, bins]`.
  private let histogram: [UInt64]

  /// `nil` where an evaluation has not measured them.
  init?(_ row: MetricHistory.Row, of history: MetricHistory) {
    let series = Array(zip(history.series, row.values))
    guard
      let (measured, values) = series.first(where: { series, _ in
        series.axes.map(\.name) == ["parameter", "bin"]
      }),
      case .counts(let counts) = values
    else { return nil }
    names = measured.axes[0].labels
    histogram = counts
    columns = series.filter { $0.0.axes == [measured.axes[0]] }.map { ($0.0, $0.1) }
  }

  func text(style: Style) -> String {
    var table = TableLayout(
      [.init("parameter")] + columns.map { .init($0.series.header, .right) }
        + [.init("distribution", importance: 1, shortens: false)])
    table.remedy = EvaluationTables.remedy
    let bins = histogram.count / max(1, names.count)
    for (place, name) in names.enumerated() {
      let cells = columns.map { $0.series.format.text($0.values[place]) }
      table.add([name] + cells + [Self.bars(histogram[place * bins..<(place + 1) * bins])])
    }
    return table.text(style: style)
  }

  private static let levels = Array("▁▂▃▄▅▆▇█")
  private static let width = 32

  /// Neighbouring bins joined to so many, each as high as its share of the greatest; empty ones are blank.
  private static func bars(_ bins: ArraySlice<UInt64>) -> String {
    let joined = (0..<width).map { place in
      let start = bins.startIndex + place * bins.count / width
      let end = bins.startIndex + (place + 1) * bins.count / width
      return bins[start..<max(start, end)].reduce(0, +)
    }
    let greatest = joined.max() ?? 0
    return String(
      joined.map { count -> Character in
        guard count > 0 else { return " " }
        return levels[min(levels.count - 1, Int(count * UInt64(levels.count) / max(1, greatest)))]
      })
  }
}
