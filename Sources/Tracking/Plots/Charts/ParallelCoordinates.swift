/// Every run as a line over axes for its parameters, its course and the objective.
package struct ParallelCoordinates: Chart {
  package let name = "parallel"
  package let about = "every run as a line over its parameters and the objective"
  package let suitsTerminals = false

  package init() {}

  package func figure(of input: ChartInput) -> Figure {
    let points = ChartPoints(input)
    let title = "Every run over its parameters"
    let runs = points.points.flatMap { point in point.row.entries.map { (point, $0) } }
    let axes = ParallelAxes(points)
    guard runs.contains(where: { $0.1.best != nil }) else {
      return Figure(title: title, absence: "No run has a value of \(input.value.name) yet.")
    }
    let lines = axes.lines(runs.map { (point: $0.0, run: $0.1) })
    let names = axes.axes.map(\.name)
    let opacity =
      lines.count > 500 ? max(0.08, 60 / Double(lines.count)) : lines.count > 60 ? 0.6 : 0.8
    var marks: [PlotMark] = axes.axes.indices.map {
      .rule(RuleMark(.vertical, at: Double($0), Stroke(.rule, width: 1.2)))
    }
    for line in lines { marks.append(mark(line, axes, points, opacity)) }
    marks += axes.axes.enumerated().flatMap { index, axis in labels(axis, Double(index)) }
    let failed = lines.count { $0.value == nil }
    return Figure(
      title: title,
      description:
        "\(lines.count) lines over \(names.count) axes: \(names.joined(separator: ", ")).",
      caption: "Each line is a run. "
        + (points.colouring.map { "Colour: \($0.name). " } ?? "Colour: the objective, best dark. ")
        + "Parameters stand by importance from the left where the grid is full, "
        + "the objective is last; equal values are spread a little."
        + (failed > 0 ? " Grey lines that end early: \(failed) runs without a value." : ""),
      width: max(680, min(1100, 130 * Double(names.count))),
      rows: [
        Figure.Row(
          height: 280,
          [
            Panel(
              x: Axis("", .band(names), isOpposite: true), y: .hidden(.linear(0...1)), marks: marks)
          ])
      ],
      legend: points.colouring == nil ? [] : lineLegend(points),
      table: FigureTable(
        columns: ["run"] + names,
        rows: lines.map { line in [.text(line.run.name)] + line.texts.map { .text($0) } }))
  }

  private func lineLegend(_ points: ChartPoints) -> [Figure.LegendEntry] {
    guard let colouring = points.colouring else { return [] }
    return colouring.levels.indices.map {
      .init(colouring.label(ofLevel: $0), .line(.series($0)))
    }
  }

  private func mark(
    _ line: ParallelAxes.Line, _ axes: ParallelAxes, _ points: ChartPoints, _ opacity: Double
  ) -> PlotMark {
    let stroke: Stroke =
      if let value = line.value {
        if points.colouring != nil {
          .series(points.colour(of: line.point), width: 1.4, opacity: opacity)
        } else {
          Stroke(
            .colour(SequentialColours.cividis(1 - value)), width: 1.4, opacity: opacity)
        }
      } else {
        Stroke(.rule, width: 1.2)
      }
    return .line(
      LineMark(
        line.places.enumerated().map { PlotPoint(Double($0), $1) }, stroke, course: .smooth,
        key: line.run.id,
        tip: "\(line.run.name): "
          + zip(axes.axes, line.texts).map { "\($0.name) \($1)" }.joined(separator: ", ")))
  }

  private func labels(_ axis: ParallelAxes.Axis, _ x: Double) -> [PlotMark] {
    axis.ticks.map { tick in
      .text(
        TextMark(
          tick.text, x, tick.value, .secondary, size: 10, anchor: .end, offset: PlotPoint(-6, 3.5),
          hasPlate: true))
    }
  }
}

/// The axes of parallel coordinates, each from 0 at the bottom to 1 at the top.
struct ParallelAxes {
  struct Axis {
    let name: String
    let ticks: [Tick]
  }

  struct Line {
    let point: ChartPoints.Point
    let run: ComparedRun
    let places: [Double]
    let texts: [String]
    /// Where the objective lies between the worst, 0, and the best, 1; `nil` for a run without one.
    let value: Double?
  }

  let axes: [Axis]
  private let parameters: [ChartParameter]
  private let points: ChartPoints
  private let measures: [Measure]

  /// A number of a run with its axis.
  private struct Measure {
    let name: String
    let scale: Scale
    let value: (Ranking.Entry) -> Double?
    let text: (Double) -> String
  }

  init(_ points: ChartPoints) {
    self.points = points
    parameters = points.parametersByImportance
    let entries = points.points.flatMap(\.row.entries)
    let metric = points.input.value
    func measure(
      _ name: String, _ value: @escaping (Ranking.Entry) -> Double?,
      text: @escaping (Double) -> String
    ) -> Measure? {
      let values = entries.compactMap(value).filter(\.isFinite)
      guard Set(values).count > 1 || name == metric.header else { return nil }
      return Measure(
        name: name, scale: .linear(over: values, margin: 0), value: value, text: text)
    }
    let decimals = points.decimals
    measures = [
      measure("best epoch", { $0.best?.point.epoch }) { NumberText.significant($0, 4) },
      measure("seconds", { $0.run.evaluations?.seconds }) { NumberText.significant($0, 3) },
      measure(
        metric.header,
        { $0.record.map(metric.number) }
      ) { NumberText.decimals($0, decimals + 1) },
    ].compactMap { $0 }
    axes =
      parameters.map { Axis(name: $0.name, ticks: Self.ticks($0)) }
      + measures.map { Axis(name: $0.name, ticks: Self.ticks($0.scale)) }
  }

  /// Drawn from the worst to the best, so that the best lie above.
  func lines(_ runs: [(point: ChartPoints.Point, run: Ranking.Entry)]) -> [Line] {
    let higher = points.input.higherIsBetter
    let lines = runs.map { point, entry -> Line in
      let values = measures.map { $0.value(entry) }
      let own = zip(measures, values).map { measure, value -> Double in
        guard let value, value.isFinite, let share = measure.scale.fraction(of: value) else {
          return .nan
        }
        return share
      }
      let shift =
        0.018
        * (Double(point.row.entries.firstIndex { $0.run.id == entry.run.id } ?? 0)
          - Double(point.row.entries.count - 1) / 2) / Double(max(1, point.row.entries.count)) * 2
      let spread = 0.05 * (Double(point.index) / Double(max(1, points.points.count - 1)) - 0.5)
      let set = parameters.map { parameter -> Double in
        // A setting that the run has not got lies below all others.
        (Self.place(parameter, point.index) ?? -0.04) + shift + spread
      }
      let share = own.last.flatMap { $0.isFinite ? $0 : nil }
      return Line(
        point: point, run: entry.run, places: set + own,
        texts: parameters.map { $0.text(of: point.index) }
          + zip(measures, values).map { measure, value in
            value.map { $0.isFinite ? measure.text($0) : "–" } ?? "–"
          },
        value: share.map { higher ? $0 : 1 - $0 })
    }
    return lines.enumerated().sorted { left, right in
      ((left.element.value ?? -1), left.offset) < ((right.element.value ?? -1), right.offset)
    }.map(\.element)
  }

  /// From 0.06 to 0.94, so that spread lines stay inside.
  private static func place(_ parameter: ChartParameter, _ point: Int) -> Double? {
    parameter.level(of: point).flatMap { place(parameter, level: $0) }
  }

  private static func place(_ parameter: ChartParameter, level: Int) -> Double? {
    let count = parameter.levels.count
    guard parameter.isNumeric, let number = parameter.levels[level].number else {
      return count > 1 ? 0.06 + 0.88 * (1 - Double(level) / Double(count - 1)) : 0.5
    }
    let numbers = parameter.levels.compactMap(\.number)
    let scale: Scale =
      parameter.isLogarithmic ? .log(over: numbers, margin: 0) : .linear(over: numbers, margin: 0)
    return scale.fraction(of: number).map { 0.06 + 0.88 * $0 }
  }

  private static func ticks(_ parameter: ChartParameter) -> [Tick] {
    let shown =
      parameter.levels.count <= 8
      ? Array(parameter.levels.indices)
      : [0, parameter.levels.count / 2, parameter.levels.count - 1]
    return shown.compactMap { level in
      place(parameter, level: level).map { Tick($0, parameter.levels[level].text) }
    }
  }

  private static func ticks(_ scale: Scale) -> [Tick] {
    scale.ticks(atMost: 5).compactMap { tick in
      scale.fraction(of: tick.value).map { Tick($0, tick.text) }
    }
  }
}
