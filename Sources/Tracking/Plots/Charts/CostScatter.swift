internal import Measurements

/// What a point of the sweep costs against what it reaches, with the front of those that nothing beats in
/// both.
package struct CostScatter: Chart {
  package let name = "scatter"
  package let about = "the objective against training time, or --across, with the Pareto front"

  package init() {}

  package func figure(of input: ChartInput) -> Figure {
    let points = ChartPoints(input)
    let cost = Cost(input)
    let title = "\(input.value.header) against \(cost.name)"
    let shown = points.points.compactMap { Shown($0, points, cost) }
    guard !shown.isEmpty else {
      return Figure(
        title: title, absence: "No run has both \(input.value.name) and \(cost.name) yet.")
    }
    let higher = input.higherIsBetter
    let front = ParetoFront.places(of: shown.map { ($0.cost, $0.value.mean) }, higher: higher)
    let bars = shown.map(\.deviation)
    let x = cost.scale(shown.map(\.cost))
    let y = Scale.linear(
      over: zip(shown, bars).flatMap { [$0.value.mean - $1, $0.value.mean + $1] }, margin: 0.08)
    let near = Set(shown.indices.filter { isNear($0, shown, front, higher) })
    var marks = frontLine(front.map { shown[$0] }, x.domain.upperBound)
    for (index, point) in shown.enumerated() {
      marks += self.marks(
        point, isOnFront: front.contains(index), isNear: near.contains(index), points)
    }
    return Figure(
      title: title,
      description:
        "\(shown.count) points, \(cost.name) along x and \(input.value.header) along y. On the front: "
        + front.map { shown[$0].point.label }.joined(separator: "; ") + ".",
      caption:
        "Dashed: no other point is both cheaper and better. Half faint: within the spread over seeds of "
        + "the front, so not told apart from it. Bars: ± std over seeds.",
      rows: [
        Figure.Row(
          height: 280,
          [
            Panel(
              x: Axis(cost.name, x), y: Axis(input.value.header, y, hasGrid: true), marks: marks)
          ])
      ],
      legend: points.colourLegend,
      table: FigureTable(
        columns: ["point", cost.name, input.value.header, "std", "n", "on the front"],
        rows: shown.enumerated().map { index, point in
          [
            .text(point.point.label), .value(point.cost, decimals: 2), .value(point.value.mean),
            point.value.deviation.map { .value($0) } ?? .missing, .count(point.value.count),
            .text(front.contains(index) ? "yes" : "no"),
          ]
        }))
  }

  private struct Shown {
    let point: ChartPoints.Point
    let cost: Double
    let value: SampleSummary
    var deviation: Double { value.deviation ?? 0 }

    init?(_ point: ChartPoints.Point, _ points: ChartPoints, _ cost: Cost) {
      guard let value = points.statistics(of: point),
        let mean = SampleSummary(point.measured.compactMap { cost.value(of: $0) })?.mean
      else { return nil }
      (self.point, self.cost, self.value) = (point, mean, value)
    }
  }

  private func isNear(
    _ index: Int, _ shown: [Shown], _ front: [Int], _ higher: Bool
  ) -> Bool {
    let point = shown[index]
    let best = front.map { shown[$0] }.filter { $0.cost <= point.cost }.map(\.value.mean)
    guard let level = higher ? best.max() : best.min() else { return false }
    return abs(level - point.value.mean) <= point.deviation
  }

  private func frontLine(_ front: [Shown], _ end: Double) -> [PlotMark] {
    guard let last = front.last else { return [] }
    let steps = front.map { PlotPoint($0.cost, $0.value.mean) } + [PlotPoint(end, last.value.mean)]
    return [
      .line(LineMark(steps, Stroke(.muted, width: 1.2, dash: [4, 3]), course: .steps))
    ]
  }

  private func marks(
    _ shown: Shown, isOnFront: Bool, isNear: Bool, _ points: ChartPoints
  ) -> [PlotMark] {
    let (x, y, spread) = (shown.cost, shown.value.mean, shown.deviation)
    let series = points.colour(of: shown.point)
    let opacity = isOnFront ? 1 : isNear ? 0.7 : 0.4
    var marks: [PlotMark] = []
    if spread > 0 {
      marks.append(
        .line(
          LineMark(
            [PlotPoint(x, y - spread), PlotPoint(x, y + spread)],
            Stroke(.series(series), width: 1.2, opacity: opacity * 0.8))))
    }
    marks.append(
      .point(
        PointMark(
          x, y, .of(series: series), .series(series), size: 5, opacity: opacity,
          key: shown.point.key, tip: "\(shown.point.label): \(NumberText.significant(y, 4))")))
    if isOnFront {
      marks.append(
        .text(
          TextMark(
            shown.point.label, x, y, .text, size: 10.5, offset: PlotPoint(9, -7), hasPlate: true)))
    }
    return marks
  }
}

/// What stands for cost: time of training and evaluation unless something else was named.
struct Cost {
  let name: String
  private let across: ChartValue?
  private let unit: (name: String, seconds: Double)

  init(_ input: ChartInput) {
    across = input.across
    let seconds = input.runs.compactMap { $0.history?.seconds }.max() ?? 0
    unit = seconds > 7200 ? ("hours", 3600) : seconds > 180 ? ("minutes", 60) : ("seconds", 1)
    name = input.across?.header ?? "\(unit.name) of training and evaluation"
  }

  func value(of run: RunRecord) -> Double? {
    let value = across?.number(of: run) ?? run.history.map { $0.seconds / unit.seconds } ?? .nan
    return value.isFinite ? value : nil
  }

  func scale(_ values: [Double]) -> Scale {
    let positive = values.filter { $0 > 0 }
    guard positive.count == values.count, let low = values.min(), let high = values.max(),
      high / low > 30
    else { return .linear(over: values, margin: 0.1) }
    return .log(over: values, margin: 0.1)
  }
}

/// The points that no other beats in both: none is cheaper and at least as good, or as cheap and better.
enum ParetoFront {
  /// - Returns: places from the cheapest to the dearest; of equals all.
  static func places(of points: [(cost: Double, value: Double)], higher: Bool) -> [Int] {
    func better(_ one: Double, _ other: Double) -> Bool { higher ? one > other : one < other }
    return points.indices.filter { index in
      let point = points[index]
      return !points.contains { other in
        other.cost <= point.cost && !better(point.value, other.value)
          && (other.cost < point.cost || better(other.value, point.value))
      }
    }.sorted { (points[$0].cost, $0) < (points[$1].cost, $1) }
  }
}

extension ChartPoints {
  /// What points are coloured by: the parameter with the fewest levels that are no numbers, else the first
  /// one of at most five levels; `nil` where there is none.
  var colouring: ChartParameter? {
    parameters.filter { !$0.isNumeric && $0.levels.count <= Ink.seriesColours }.min {
      $0.levels.count < $1.levels.count
    } ?? parameters.first { $0.levels.count <= Ink.seriesColours }
  }

  /// The number of the series that a point has the colour and mark of.
  func colour(of point: Point) -> Int {
    guard let colouring else { return points.count <= 10 ? point.index : 0 }
    return colouring.level(of: point.index) ?? colouring.levels.count
  }

  /// Which mark is which level.
  var colourLegend: [Figure.LegendEntry] {
    guard let colouring else { return [] }
    return colouring.levels.indices.map {
      .init(colouring.label(ofLevel: $0), .point(.of(series: $0), .series($0), isOpen: false))
    }
  }
}
