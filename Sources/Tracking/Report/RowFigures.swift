internal import Measurements

/// The small figures in the rows of the table of all points: all on one scale.
struct RowFigures {
  private let rows: [Comparison.Row]
  private let styles: RunStyles
  private let scale: Scale
  private let bestMean: Double?
  private let curves: [String: CurveGroup]
  private let curveScales: (x: Scale, y: Scale)

  private static let width = 156.0
  private static let height = 24.0

  init(_ comparison: Comparison, _ input: ChartInput, _ styles: RunStyles) {
    rows = comparison.rows
    self.styles = styles
    let reaches = rows.flatMap { Self.reach($0) }
    scale = .linear(over: reaches, margin: 0.06)
    bestMean = rows.first { $0.isBest }?.objective?.summary?.mean
    let points = ChartPoints(input)
    var curves: [String: CurveGroup] = [:]
    if let column = input.value.column {
      for point in points.points {
        curves[RunKeys.text(point.runs.map(\.id))] = CurveGroup(point, column, input.objective)
      }
    }
    self.curves = curves
    let values = curves.values.flatMap(\.values)
    // The first values of a training would press the rest flat.
    let sorted = values.map(\.y).sorted()
    let low = sorted.isEmpty ? 0 : sorted[sorted.count / 50]
    let high = sorted.isEmpty ? 1 : sorted[sorted.count - 1 - sorted.count / 50]
    curveScales = (
      .linear(over: values.map(\.x), margin: 0.02), .linear(over: [low, high], margin: 0.05)
    )
  }

  /// What a row's strip reaches over: seeds, and the interval of the mean where it is not far wider.
  private static func reach(_ row: Comparison.Row) -> [Double] {
    (row.objective?.values ?? []).filter(\.isFinite)
  }

  /// The axis above the strips.
  var head: HTML {
    .small(
      Figure(
        title: "scale of the strips", description: "", width: Self.width,
        rows: [
          Figure.Row(
            height: 2, [Panel(x: Axis("", scale, isOpposite: true), y: .hidden(.linear(0...1)))])
        ], table: Self.noTable), key: "head")
  }

  /// Interval, seeds, mean, and the mean of the best row.
  func strip(_ row: Comparison.Row) -> HTML {
    guard let summary = row.objective?.summary else { return .empty }
    let series = styles.series(of: row.runs)
    let ink = Ink.series(series)
    var marks: [PlotMark] = []
    if let bestMean {
      marks.append(
        .rule(RuleMark(.vertical, at: bestMean, Stroke(.muted, width: 1, dash: [2, 3]))))
    }
    if let interval = summary.interval() {
      let domain = scale.domain
      let low = max(interval.low, domain.lowerBound)
      let high = min(interval.high, domain.upperBound)
      if low < high {
        marks.append(.rectangle(RectangleMark(x: low...high, y: 0.34...0.66, ink, opacity: 0.22)))
      }
    }
    for entry in row.objective?.entries ?? [] where entry.value.isFinite {
      marks.append(
        .point(
          PointMark(
            entry.value, 0.5, .of(series: series), ink, size: 2.8, opacity: 0.8,
            key: RunKeys.text([entry.run.id]),
            tip:
              "\(entry.run.shownName), seed \(entry.seed): \(NumberText.significant(entry.value, 4))"
          )))
    }
    marks.append(
      .line(
        LineMark(
          [PlotPoint(summary.mean, 0.12), PlotPoint(summary.mean, 0.88)], Stroke(ink, width: 2))))
    return .small(
      Figure(
        title: "\(row.label): seeds and mean", description: "", width: Self.width,
        rows: [
          Figure.Row(
            height: Self.height,
            [Panel(x: .hidden(scale), y: .hidden(.linear(0...1)), marks: marks)])
        ], table: Self.noTable), key: RunKeys.text(row.runs.map(\.id)))
  }

  /// The course of the mean over epochs.
  func course(_ row: Comparison.Row) -> HTML {
    guard
      let group = curves[RunKeys.text(row.runs.map(\.id))]
        ?? curves.first(where: { key, _ in
          row.runs.first.map { key.contains($0.id.prefix(8)) } ?? false
        })?.value, group.mean.count > 1
    else { return .empty }
    let series = styles.series(of: row.runs)
    let domain = curveScales.y.domain
    let points = Thinning.thinned(group.mean, limit: 60).map {
      PlotPoint($0.x, min(max($0.y, domain.lowerBound), domain.upperBound))
    }
    return .small(
      Figure(
        title: "\(row.label): the course of training", description: "", width: 76,
        rows: [
          Figure.Row(
            height: 20,
            [
              Panel(
                x: .hidden(curveScales.x), y: .hidden(curveScales.y),
                marks: [.line(LineMark(points, .series(series, width: 1.4)))])
            ])
        ], table: Self.noTable), key: RunKeys.text(row.runs.map(\.id)))
  }

  private static let noTable = FigureTable(columns: [], rows: [])
}

extension RowFigures {
  /// The two best rows seed by seed, equal seeds joined.
  static func pairs(_ comparison: Comparison, _ styles: RunStyles) -> Figure? {
    let rows = comparison.rows.prefix(2).filter { $0.objective?.summary != nil }
    guard rows.count == 2 else { return nil }
    let values = rows.flatMap { $0.objective?.values ?? [] }.filter(\.isFinite)
    guard values.count > 2 else { return nil }
    var marks: [PlotMark] = []
    let entries = rows.map { $0.objective?.entries ?? [] }
    for one in entries[0] where one.value.isFinite {
      guard
        let other = entries[1].first(where: { $0.seed == one.seed && $0.fold == one.fold }),
        other.value.isFinite
      else { continue }
      marks.append(
        .line(
          LineMark(
            [PlotPoint(one.value, 0), PlotPoint(other.value, 1)],
            Stroke(.muted, width: 1, opacity: 0.7))))
    }
    for (place, row) in rows.enumerated() {
      let series = styles.series(of: row.runs)
      for entry in entries[place] where entry.value.isFinite {
        marks.append(
          .point(
            PointMark(
              entry.value, Double(place), .of(series: series), .series(series), size: 5,
              key: RunKeys.text([entry.run.id]),
              tip:
                "\(entry.run.shownName), seed \(entry.seed): \(NumberText.significant(entry.value, 4))"
            )))
      }
    }
    return Figure(
      title: "the two best, seed by seed",
      description: "\(rows[0].label) above, \(rows[1].label) below; lines join equal seeds.",
      width: 360,
      rows: [
        Figure.Row(
          height: 56,
          [
            Panel(
              x: Axis("", .linear(over: values, margin: 0.12), hasGrid: true),
              y: .hidden(.band(["", ""])), marks: marks)
          ])
      ], table: FigureTable(columns: [], rows: []))
  }
}
