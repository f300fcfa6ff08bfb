internal import Measurements

/// Which class is taken for which: rows are the truth, each summing to 100 %.
package struct ConfusionChart: Chart {
  package let name = "confusion"
  package let about = "which class is taken for which, of the best run"

  package init() {}

  /// Above this, only the rows with the most mistakes are shown.
  private static let mostRows = 20

  package func figure(of input: ChartInput) -> Figure {
    let title = "Confusion of classes"
    guard let source = ConfusionSource(input) else {
      return Figure(
        title: title,
        absence:
          "No confusion matrix is recorded of these runs: validation.confusion is measured where "
          + "each pixel has one class.")
    }
    let shares = source.shares
    let order = source.order(input.classOrder, atMost: Self.mostRows)
    let mistakes = order.flatMap { row in
      order.filter { $0 != row }.compactMap { shares[row]?[$0] }
    }
    let stretch = max(mistakes.max() ?? 0, 0.01)
    let names = order.map { source.names[$0] }
    let folded = source.names.count - order.count
    let side = max(22.0, min(44, 520 / Double(max(1, order.count))))
    let widest = names.map { TextExtent.width($0, size: PanelMargins.tickSize) }.max() ?? 0
    return Figure(
      title: "Confusion of classes, \(source.run.name)",
      description:
        "\(names.count) classes; rows are the truth, columns what was predicted, in % of the row. "
        + (source.worst.map { "The most common mistake: \($0)." } ?? ""),
      caption:
        "Rows: truth, each sums to 100 %. Columns: predicted. On the diagonal what is right is blue; "
        + "mistakes are orange on a scale of their own, darkest at "
        + "\(NumberText.decimals(100 * stretch, stretch < 0.1 ? 1 : 0)) %. "
        + (input.classOrder == .similarity
          ? "Classes that are taken for each other stand side by side. " : "")
        + "\(source.run.name) at epoch \(source.point.epochText), validation data."
        + (folded > 0 ? " \(folded) classes with fewer mistakes are left out." : ""),
      width: max(420, widest * 1.8 + 60 + side * Double(order.count)),
      rows: [
        Figure.Row(
          height: side * Double(order.count),
          [
            Panel(
              x: Axis("predicted", .band(names), isOpposite: true), y: Axis("truth", .band(names)),
              marks: order.enumerated().flatMap { row, truth in
                order.enumerated().map { column, predicted in
                  cell(row, column, truth, predicted, shares[truth], source, stretch)
                }
              })
          ])
      ],
      table: FigureTable(
        columns: ["truth"] + names,
        rows: order.map { truth in
          [.text(source.names[truth])]
            + order.map { predicted in .count(Int(clamping: source.count(truth, predicted))) }
        }))
  }

  private func cell(
    _ row: Int, _ column: Int, _ truth: Int, _ predicted: Int, _ shares: [Double]?,
    _ source: ConfusionSource, _ stretch: Double
  ) -> PlotMark {
    let (x, y) = (Double(column), Double(row))
    let place = (x - 0.5...x + 0.5, y - 0.5...y + 0.5)
    guard let share = shares?[predicted] else {
      return .rectangle(
        RectangleMark(
          x: place.0, y: place.1, .cell, inset: 1, lines: column == row ? ["–"] : [],
          textInk: .muted,
          tip: "\(source.names[truth]) has no pixels"))
    }
    let isRight = truth == predicted
    let percent = 100 * share
    let colour =
      isRight
      ? SequentialColours.shade(PlotColour(0x1F5F9E), share)
      : SequentialColours.shade(PlotColour(0xD55E00), 0.85 * share / stretch)
    let isWritten = percent >= 0.5
    return .rectangle(
      RectangleMark(
        x: place.0, y: place.1, isWritten || isRight ? .colour(colour) : .cell, inset: 1,
        lines: isWritten ? [NumberText.decimals(percent, 0)] : [],
        textInk: SequentialColours.ink(on: colour), shade: share,
        tip: "\(source.names[truth]) taken for \(source.names[predicted]): "
          + "\(source.count(truth, predicted)) pixels, \(NumberText.decimals(percent, 1)) %"))
  }
}

/// The counts of the best run's best evaluation.
struct ConfusionSource {
  let run: RunRecord
  let point: EvaluationPoint
  let names: [String]
  private let counts: [UInt64]

  static let series = "validation.confusion"

  init?(_ input: ChartInput) {
    let ranking = Ranking(input.runs)
    for entry in ranking.entries {
      guard let best = entry.best, let run = entry.record, let history = run.history,
        let index = history.series.firstIndex(where: { $0.name == Self.series }),
        history.series[index].axes.count == 2,
        let counts = history.rows[best.row].values[index].counts
      else { continue }
      let names = history.series[index].axes[0].labels
      guard counts.count == names.count * names.count, !names.isEmpty else { continue }
      (self.run, point, self.names, self.counts) = (run, best.point, names, counts)
      return
    }
    return nil
  }

  func count(_ truth: Int, _ predicted: Int) -> UInt64 { counts[truth * names.count + predicted] }

  /// Of each row; `nil` for a class without pixels.
  var shares: [[Double]?] {
    names.indices.map { truth in
      let row = names.indices.map { Double(count(truth, $0)) }
      let sum = row.reduce(0, +)
      return sum > 0 ? row.map { $0 / sum } : nil
    }
  }

  /// All classes, or those with the most mistakes.
  func order(_ order: ClassOrder = .spec, atMost limit: Int) -> [Int] {
    let shown = shown(atMost: limit)
    guard order == .similarity else { return shown }
    let shares = self.shares
    return Seriation(
      shown.map { one in
        shown.map { other in
          ((shares[one]?[other] ?? 0) + (shares[other]?[one] ?? 0)) / 2
        }
      }
    ).order.map { shown[$0] }
  }

  /// In the order of the spec.
  private func shown(atMost limit: Int) -> [Int] {
    guard names.count > limit else { return Array(names.indices) }
    let shares = self.shares
    let wrong = names.indices.map { index in shares[index].map { 1 - $0[index] } ?? -1 }
    let worst = names.indices.sorted { (wrong[$1], $0) < (wrong[$0], $1) }
    return worst.prefix(limit).sorted()
  }

  /// `Pole for Building, 43 %`.
  var worst: String? {
    let shares = self.shares
    var found: (share: Double, text: String)?
    for (truth, row) in shares.enumerated() {
      for (predicted, share) in (row ?? []).enumerated()
      where predicted != truth && share > (found?.share ?? 0) {
        found = (
          share,
          "\(names[truth]) for \(names[predicted]), \(NumberText.decimals(100 * share, 0)) %"
        )
      }
    }
    return found?.text
  }
}
