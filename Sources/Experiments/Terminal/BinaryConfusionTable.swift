import Measurements
internal import Tracking

/// How often each class was there and was predicted, where a pixel may be of several.
struct BinaryConfusionTable {
  /// In the order of the data.
  let classes: [Row]

  /// Pixels of the validation data, each once in every class.
  struct Row {
    let name: String
    let truePositives: UInt64
    let falseNegatives: UInt64
    let falsePositives: UInt64
    let trueNegatives: UInt64
  }

  /// - Parameter flat: `[K, 2, 2]`: rows are whether a class is there, columns whether it is predicted.
  init(_ flat: [UInt64], classes: [String]) {
    self.classes = classes.enumerated().map { index, name in
      let first = 4 * index
      return Row(
        name: name, truePositives: flat[first + 3], falseNegatives: flat[first + 2],
        falsePositives: flat[first + 1], trueNegatives: flat[first])
    }
  }

  /// - Returns: `nil` for a series that has not class, truth and prediction as its axes, the latter
  ///   two of length 2.
  init?(_ series: SeriesDescription, _ counts: [UInt64]) {
    let axes = series.axes
    guard axes.map(\.name) == ["class", "truth", "prediction"], axes[1].labels.count == 2,
      axes[2].labels.count == 2, counts.count == series.count
    else { return nil }
    self.init(counts, classes: axes[0].labels)
  }

  /// A line for each class.
  func text(style: Style) -> String {
    var table = TableLayout([
      ("class", .left), ("true positive", .right), ("false negative", .right),
      ("false positive", .right), ("true negative", .right),
    ])
    for row in classes {
      let counts = [row.truePositives, row.falseNegatives, row.falsePositives, row.trueNegatives]
      table.add([row.name] + counts.map { Units.count(Int($0)) })
    }
    table.remedy = "see all with --json, or in a wider terminal"
    return table.text(style: style)
  }
}
