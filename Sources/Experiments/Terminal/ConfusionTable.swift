import Measurements
import Tracking

/// Which classes were taken for which.
struct ConfusionTable {
  let classes: [String]
  /// Rows are the truth, columns the prediction.
  let counts: [[UInt64]]

  /// - Parameter flat: `[K, K]`.
  init(_ flat: [UInt64], classes: [String]) {
    self.classes = classes
    counts = classes.indices.map { row in
      Array(flat[(row * classes.count)..<((row + 1) * classes.count)])
    }
  }

  /// - Returns: `nil` for a series that has not truth and prediction of the same classes as its axes.
  init?(_ series: SeriesDescription, _ counts: [UInt64]) {
    let axes = series.axes
    guard axes.map(\.name) == ["truth", "prediction"], axes[0].labels == axes[1].labels,
      counts.count == series.count
    else { return nil }
    self.init(counts, classes: axes[0].labels)
  }

  /// With more classes than this a matrix is wider than any screen.
  private static let widest = 32
  private static let listed = 20

  /// The matrix in percent of the rows' pixels; of many classes the greatest confusions.
  func text(style: Style) -> String {
    let isMatrix = classes.count <= Self.widest
    let title =
      isMatrix
      ? "truth in rows, prediction in columns, % of the truth"
      : "the greatest, with their share of the truth"
    let lines = TextWidth.wrapped(title, to: Screen.outputWidth ?? .max)
    return (lines + ["", isMatrix ? matrix(style) : greatest(style)]).joined(separator: "\n")
  }

  /// `·` where nothing is, `–` in the row of a class that does not occur. Columns have the numbers
  /// that the rows begin with.
  private func matrix(_ style: Style) -> String {
    var table = TableLayout(
      [("", .right), ("class", .left)] + classes.indices.map { ("\($0)", .right) })
    for (index, row) in counts.enumerated() {
      let pixels = row.reduce(0, +)
      let cells = row.map { count in
        pixels == 0 ? "–" : count == 0 ? "·" : Units.decimals(percent(count, of: pixels), 1)
      }
      table.add(["\(index)", classes[index]] + cells)
    }
    table.remedy = "see all with --json, or in a wider terminal"
    return table.text(style: style)
  }

  private func greatest(_ style: Style) -> String {
    var table = TableLayout([
      ("class", .left), ("taken for", .left), ("pixels", .right), ("share", .right),
    ])
    let confusions = counts.indices.flatMap { row in
      counts.indices.filter { $0 != row && counts[row][$0] > 0 }.map { (row, $0) }
    }.sorted { left, right in
      let (first, second) = (counts[left.0][left.1], counts[right.0][right.1])
      return first == second ? left < right : first > second
    }
    for (row, column) in confusions.prefix(Self.listed) {
      let count = counts[row][column]
      let share = percent(count, of: counts[row].reduce(0, +))
      table.add([
        classes[row], classes[column], Units.count(Int(count)), "\(Units.decimals(share, 1)) %",
      ])
    }
    table.remedy = "see all with --json, or in a wider terminal"
    return table.text(style: style)
  }

  private func percent(_ count: UInt64, of pixels: UInt64) -> Double {
    100 * Double(count) / Double(pixels)
  }
}
