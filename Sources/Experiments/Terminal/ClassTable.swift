internal import Datasets
internal import Learning
import Tracking

/// What a round says of each class.
struct ClassTable: Encodable {
  /// In the order of the data.
  let classes: [Row]
  /// Of each figure that has one, over the classes.
  let means: [String: Double?]
  /// Names of the figures, in the order of the columns.
  let figureNames: [String]

  struct Row: Encodable {
    let name: String
    let pixels: UInt64
    let predictedPixels: UInt64
    /// `nil` for what is not a number.
    let figures: [String: Double?]
  }

  /// The figures that are kept of every class, with their titles and what their mean is called.
  private static let standard = [
    (name: "iou", title: "IoU", mean: "validation.mean_iou"),
    (name: "dice", title: "Dice", mean: "validation.mean_dice"),
    (name: "accuracy", title: "accuracy", mean: "validation.mean_class_accuracy"),
  ]

  init(_ row: MetricHistory.Row, of history: MetricHistory) {
    figureNames = Self.standard.map(\.name) + history.classMetricNames
    let columns = [row.iou, row.dice, row.classAccuracy] + row.classFigures
    let names = figureNames
    let pixels = Self.pixels(row, of: history)
    classes = history.classNames.indices.map { index in
      Row(
        name: history.classNames[index], pixels: pixels[index].truth,
        predictedPixels: pixels[index].prediction,
        figures: Self.figures(names, columns.map { $0[index] }))
    }
    let means = Self.standard.map(\.mean) + history.classMetricNames.map { "validation.\($0)" }
    self.means = Self.figures(
      names,
      means.map { name in
        history.seriesNames.firstIndex(of: name).map { row.values[$0] } ?? .nan
      })
  }

  private static func pixels(
    _ row: MetricHistory.Row, of history: MetricHistory
  ) -> [(truth: UInt64, prediction: UInt64)] {
    if history.classesOverlap {
      return BinaryConfusionTable(row.confusion, classes: history.classNames).classes.map {
        ($0.truePositives + $0.falseNegatives, $0.truePositives + $0.falsePositives)
      }
    }
    let matrix = ConfusionTable(row.confusion, classes: history.classNames)
    return matrix.counts.indices.map { index in
      (matrix.counts[index].reduce(0, +), matrix.counts.reduce(0) { $0 + $1[index] })
    }
  }

  private static func figures(_ names: [String], _ values: [Double]) -> [String: Double?] {
    Dictionary(
      zip(names, values.map { JSONOutput.figure($0) }), uniquingKeysWith: { first, _ in first })
  }

  /// A line for each class, and one for the means.
  func text(style: Style) -> String {
    let titles = figureNames.map { name in
      Self.standard.first { $0.name == name }?.title ?? name
    }
    var table = TableLayout(
      [("class", .left), ("pixels", .right), ("share", .right)] + titles.map { ($0, .right) })
    let total = classes.reduce(0) { $0 + $1.pixels }
    for row in classes {
      let share = 100 * Double(row.pixels) / Double(total)
      table.add(
        [row.name, Units.count(Int(row.pixels)), "\(Units.decimals(share, 1)) %"]
          + cells(row.figures))
    }
    table.add(["mean", "", ""] + cells(means))
    table.remedy = "see all with --json, or in a wider terminal"
    return table.text(style: style)
  }

  private func cells(_ figures: [String: Double?]) -> [String] {
    figureNames.map { Units.decimals((figures[$0] ?? nil) ?? .nan, 4) }
  }
}
