internal import Measurements

/// How the weights of each layer are distributed over the epochs: a ridge for each epoch, the latest in
/// front.
package struct WeightRidges: Chart {
  package let name = "histograms"
  package let about = "how the weights of the layers spread over the epochs, of the best run"

  package init() {}

  private static let (mostLayers, mostRidges, columns) = (6, 8, 3)

  package func figure(of input: ChartInput) -> Figure {
    let title = "Weights over time"
    guard let source = WeightHistograms(input) else {
      return Figure(
        title: title,
        absence:
          "No histograms of weights are recorded of these runs: evaluation: {histograms: true} in a "
          + "spec records them.")
    }
    let layers = source.layers(atMost: Self.mostLayers)
    let panels = layers.enumerated().map { number, layer in
      panel(layer, source, hasLabel: number % Self.columns == 0)
    }
    let rows = stride(from: 0, to: panels.count, by: Self.columns).map { start in
      Figure.Row(height: 170, Array(panels[start..<min(start + Self.columns, panels.count)]))
    }
    let left = source.names.count - layers.count
    return Figure(
      title: "\(title), \(source.run.name)",
      description:
        "\(layers.count) layers with a ridge for each of \(source.shown(atMost: Self.mostRidges).count) "
        + "evaluations, from epoch \(source.epochText(0)) at the top to the last below.",
      caption:
        "A ridge for each evaluation, all of equal area, the latest in front; x is the value of a weight, from "
        + "the 0.1th to the 99.9th percentile of all evaluations."
        + (left > 0 ? " \(left) other parameters are left out; the largest layers are shown." : ""),
      width: panels.count == 1 ? 420 : 860, rows: rows,
      table: FigureTable(
        columns: ["parameter", "epoch", "least", "greatest"],
        rows: layers.flatMap { layer in
          source.history.rows.indices.map { row in
            let range = source.range(row, layer)
            return [
              .text(source.names[layer]), .text(source.epochText(row)),
              .value(range?.lowerBound ?? .nan), .value(range?.upperBound ?? .nan),
            ]
          }
        }))
  }

  private func panel(_ layer: Int, _ source: WeightHistograms, hasLabel: Bool) -> Panel {
    let rows = source.shown(atMost: Self.mostRidges)
    let ridges = source.ridges(layer, rows: rows)
    guard let domain = ridges.domain else {
      return Panel(
        source.shortName(layer), x: .hidden(.linear(0...1)), y: .hidden(.linear(0...1)),
        marks: [.text(TextMark("no finite weights", 0.5, 0.5, .muted, anchor: .middle))])
    }
    let peak = ridges.heights.joined().max() ?? 1
    let height = 2.2
    var marks: [PlotMark] = []
    for (number, heights) in ridges.heights.enumerated() {
      let base = Double(rows.count - 1 - number)
      let width = (domain.upperBound - domain.lowerBound) / Double(heights.count)
      let points = heights.enumerated().map { index, value in
        PlotPoint(
          domain.lowerBound + (Double(index) + 0.5) * width,
          base + height * (peak > 0 ? value / peak : 0))
      }
      let share = rows.count > 1 ? Double(number) / Double(rows.count - 1) : 1
      let ink = Ink.colour(SequentialColours.shade(PlotColour(0x009E73), 0.35 + 0.65 * share))
      marks.append(
        .band(
          BandMark(points.map { .init($0.x, base, $0.y) }, ink, opacity: 0.88)))
      marks.append(.line(LineMark(points, Stroke(.paper, width: 1))))
    }
    let ticks = rows.enumerated().map { number, row in
      Tick(Double(rows.count - 1 - number), source.epochText(row))
    }
    return Panel(
      source.shortName(layer), x: Axis("", .linear(domain)),
      y: Axis(
        hasLabel ? "epoch" : "", .linear(-0.1...Double(rows.count - 1) + height * 1.02),
        ticks: ticks),
      marks: marks)
  }
}
