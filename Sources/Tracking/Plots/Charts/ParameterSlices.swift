/// The objective against one parameter at a time, a panel each.
package struct ParameterSlices: Chart {
  package let name = "slices"
  package let about = "the objective against each parameter, one panel each, every run a mark"

  package init() {}

  private static let columns = 3

  package func figure(of input: ChartInput) -> Figure {
    let points = ChartPoints(input)
    let title = "\(input.value.header) against each parameter"
    guard !points.parameters.isEmpty else {
      return Figure(title: title, absence: "These runs do not differ in any parameter.")
    }
    let values = points.points.map { points.values(of: $0) }
    guard values.contains(where: { !$0.isEmpty }) else {
      return Figure(title: title, absence: "No run has a value of \(input.value.name) yet.")
    }
    let y = Scale.linear(over: values.joined(), margin: 0.08)
    let panels = points.parametersByImportance.map { panel($0, y, points, values) }
    let rows = stride(from: 0, to: panels.count, by: Self.columns).map { start in
      Array(panels[start..<min(start + Self.columns, panels.count)])
    }
    return Figure(
      title: title,
      description:
        "\(panels.count) \(panels.count == 1 ? "panel" : "panels") with a mark for each run: "
        + points.parameters.map(\.name).joined(separator: ", ") + " along x.",
      caption:
        "Each mark is a run; seeds of one point are joined by a thin line, its mean is the short dash. "
        + "Colour: the order of the trials, the latest lightest.",
      width: panels.count == 1 ? 520 : panels.count == 2 ? 720 : 900,
      rows: rows.map { row in
        Figure.Row(
          height: 210,
          row.enumerated().map { number, panel in
            var panel = panel
            panel.y.label = number == 0 ? input.value.header : ""
            panel.y.isShown = number == 0
            return panel
          })
      },
      table: FigureTable(
        columns: points.parameters.map(\.name) + [input.value.header, "run"],
        rows: points.points.flatMap { point in
          point.measured.map { run in
            points.parameters.map { .text($0.text(of: point.index)) }
              + [.value(input.value.number(of: run)), .text(run.name)]
          }
        }))
  }

  private func panel(
    _ parameter: ChartParameter, _ y: Scale, _ points: ChartPoints, _ values: [[Double]]
  ) -> Panel {
    var marks: [PlotMark] = []
    let latest = Double(max(1, points.points.count - 1))
    for (point, values) in zip(points.points, values) where !values.isEmpty {
      guard let place = parameter.place(of: point.index) else { continue }
      let x = parameter.isNumeric ? place : place + jitter(point.index, parameter, points)
      let ink = Ink.colour(SequentialColours.cividis(0.9 * Double(point.index) / latest))
      if let low = values.min(), let high = values.max(), high > low {
        marks.append(
          .line(
            LineMark([PlotPoint(x, low), PlotPoint(x, high)], Stroke(ink, width: 1, opacity: 0.5))))
      }
      marks += values.map { value in
        .point(
          PointMark(
            x, value, .circle, ink, size: 3.2, opacity: 0.85, key: point.key,
            tip: "\(point.label): \(NumberText.significant(value, 4))"))
      }
      if values.count > 1, let mean = SampleSummary(values)?.mean {
        marks.append(
          .text(TextMark("–", x, mean, .text, size: 16, anchor: .middle, offset: PlotPoint(0, 5))))
      }
    }
    return Panel(
      parameter.name,
      x: {
        var axis = parameter.axis; axis.label = parameter.isLogarithmic ? "log scale" : "";
        return axis
      }(),
      y: Axis("", y, hasGrid: true), marks: marks)
  }

  /// Points of one category stand beside each other, always in the same order.
  private func jitter(_ index: Int, _ parameter: ChartParameter, _ points: ChartPoints) -> Double {
    let equals = points.points.map(\.index).filter {
      parameter.level(of: $0) == parameter.level(of: index)
    }
    guard equals.count > 1, let place = equals.firstIndex(of: index) else { return 0 }
    return 0.5 * (Double(place) / Double(equals.count - 1) - 0.5)
  }
}
