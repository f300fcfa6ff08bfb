internal import Measurements

/// A row for each class: its value with the baseline, and what the best of the other points changes, a dot for
/// each seed.
package struct ClassBars: Chart {
  package let name = "classes"
  package let about = "every class, and what the best point changes of the baseline"

  package init() {}

  private static let (mostRows, worst, best) = (20, 12, 4)

  package func figure(of input: ChartInput) -> Figure {
    let title = "Every class"
    guard let source = ClassSource(input) else {
      return Figure(
        title: title,
        absence:
          "No value of single classes is recorded of these runs, such as validation.class.iou"
          + (input.baseline.isEmpty ? "." : ", or the baseline is not one point that has some."))
    }
    let rows = source.rows(atMost: Self.mostRows, worst: Self.worst, best: Self.best)
    let colours = ClassColours(source.names, given: input.classColours)
    let names = rows.map { source.names[$0.place] }
    let ticks = rows.enumerated().map { index, row in
      Tick(
        Double(index), source.names[row.place], swatch: .colour(colours[source.names[row.place]]),
        isBold: row.isUnanimous)
    }
    var panels = [
      Panel(
        x: Axis(source.baselineLabel, bars(rows), isOpposite: true),
        y: Axis("", .band(names), ticks: ticks), share: 1, marks: barMarks(rows, source))
    ]
    if source.hasDifferences {
      panels.append(
        Panel(
          x: Axis(
            "change by \(source.changedLabel)", differences(rows), hasGrid: true, isOpposite: true),
          y: Axis("", .band(names), isShown: false), share: 1.2, marks: differenceMarks(rows)))
    }
    let folded = source.names.count - rows.count
    return Figure(
      title: source.hasDifferences
        ? "\(source.title) of every class, and what \(source.changedLabel) changes"
        : "\(source.title) of every class",
      description: "\(rows.count) classes; "
        + rows.prefix(3).map { "\(source.names[$0.place]) \(NumberText.decimals($0.baseline, 3))" }
        .joined(separator: ", ") + (rows.count > 3 ? ", …" : "."),
      caption: "Bars: \(source.title) with \(source.baselineLabel)."
        + (source.hasDifferences
          ? " Right: what \(source.changedLabel) changes on a scale of its own; dots are seeds, the tick "
            + "is their mean. Bold: all seeds agree in sign." : "")
        + (folded > 0 ? " \(folded) classes between these are left out." : "")
        + " A class that does not occur has no value.",
      width: source.hasDifferences ? 760 : 520,
      rows: [Figure.Row(height: 25 * Double(rows.count), panels)],
      table: table(rows, source))
  }

  private func table(_ rows: [ClassSource.Row], _ source: ClassSource) -> FigureTable {
    let seeds = rows.map(\.differences.count).max() ?? 0
    return FigureTable(
      columns: ["class", source.baselineLabel]
        + (source.hasDifferences ? ["change by \(source.changedLabel)"] : [])
        + (0..<seeds).map { "change of seed \($0 + 1)" },
      rows: rows.map { row in
        [.text(source.names[row.place]), .value(row.baseline)]
          + (source.hasDifferences ? [.value(row.change)] : [])
          + (0..<seeds).map { seed in
            row.differences.indices.contains(seed) ? .value(row.differences[seed]) : .missing
          }
      })
  }

  private func bars(_ rows: [ClassSource.Row]) -> Scale {
    let most = rows.map(\.baseline).filter(\.isFinite).max() ?? 1
    return .linear(0...(most <= 1 ? 1.18 : most * 1.18))
  }

  private func differences(_ rows: [ClassSource.Row]) -> Scale {
    .linear(over: rows.flatMap(\.differences) + rows.map(\.change), margin: 0.4, includes: 0)
  }

  private func barMarks(_ rows: [ClassSource.Row], _ source: ClassSource) -> [PlotMark] {
    rows.enumerated().flatMap { index, row -> [PlotMark] in
      let y = Double(index)
      guard row.baseline.isFinite else {
        return [.text(TextMark("–", 0, y, .muted, offset: PlotPoint(4, 4)))]
      }
      var marks: [PlotMark] = []
      if row.baseline <= 1 {
        marks.append(.rectangle(RectangleMark(x: 0...1, y: y - 0.2...y + 0.2, .cell)))
      }
      marks.append(
        .rectangle(
          RectangleMark(x: 0...max(0, row.baseline), y: y - 0.2...y + 0.2, .series(0), opacity: 0.8)
        ))
      marks.append(
        .text(
          TextMark(
            NumberText.decimals(row.baseline, source.decimals), max(1, row.baseline), y, .secondary,
            offset: PlotPoint(6, 4))))
      return marks
    }
  }

  private func differenceMarks(_ rows: [ClassSource.Row]) -> [PlotMark] {
    var marks: [PlotMark] = [.rule(RuleMark(.vertical, at: 0, Stroke(.rule, width: 1.2)))]
    for (index, row) in rows.enumerated() where row.change.isFinite {
      let (y, series) = (Double(index), row.change < 0 ? 1 : 2)
      marks.append(
        .line(
          LineMark(
            [PlotPoint(0, y), PlotPoint(row.change, y)],
            Stroke(.series(series), width: 3, opacity: 0.4))))
      marks += row.differences.map {
        .point(PointMark($0, y, .circle, .series(series), size: 2.6, opacity: 0.55))
      }
      marks.append(
        .line(
          LineMark(
            [PlotPoint(row.change, y - 0.26), PlotPoint(row.change, y + 0.26)],
            Stroke(.series(series), width: 2.2))))
      let ends = row.differences + [row.change]
      let right = row.change >= 0
      marks.append(
        .text(
          TextMark(
            NumberText.difference(row.change, 3),
            right ? max(0, ends.max() ?? 0) : min(0, ends.min() ?? 0), y, .text, size: 10.5,
            anchor: right ? .start : .end, isBold: row.isUnanimous,
            offset: PlotPoint(right ? 8 : -8, 4))))
    }
    return marks
  }
}
