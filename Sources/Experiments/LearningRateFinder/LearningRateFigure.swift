internal import Tracking

extension LearningRateReport {
  /// The loss over the learning rate: each step's pale, the smoothed one above it, and the suggestion marked.
  var figure: Figure {
    let title = "Loss over the learning rate, \(trial)"
    let drawn = drawnPoints
    guard drawn.count > 1 else {
      return Figure(title: title, absence: "The loss was finite for fewer than two steps.")
    }
    let smoothed = drawn.map { PlotPoint($0.rate, $0.smoothedLoss) }
    let measured = drawn.map { PlotPoint($0.rate, $0.loss) }
    var marks: [PlotMark] = [
      .line(LineMark(measured, .series(0, width: 1, opacity: 0.3))),
      .line(LineMark(Thinning.thinned(smoothed), .series(0), key: "smoothed")),
    ]
    for (point, name, shape) in [
      (suggested, "suggested", MarkShape.circle), (lowestPoint, "lowest", .square),
    ] {
      guard let point else { continue }
      marks.append(
        .rule(RuleMark(.vertical, at: point.rate, Stroke(.muted, width: 1, dash: [3, 3]))))
      marks.append(
        .point(
          PointMark(point.rate, point.smoothedLoss, shape, .series(0), size: 4.5, isOpen: true)))
      marks.append(
        .text(
          TextMark(
            "\(name) \(Self.text(point.rate))", point.rate, point.smoothedLoss, .text, size: 10.5,
            offset: PlotPoint(8, -9), hasPlate: true)))
    }
    return Figure(
      title: title,
      description: "The loss of \(steps) steps while the learning rate grows"
        + (suggestedRate.map { "; suggested is \(Self.text($0))." } ?? "; it never fell."),
      caption:
        "Line: exponential mean, corrected for its beginning; pale: the loss of each step. Suggested is the rate "
        + "where the line falls most steeply. What rises at the end is cut.",
      rows: [
        Figure.Row(
          height: 260,
          [
            Panel(
              x: Axis("learning rate, log scale", .log(over: smoothed.map(\.x), margin: 0)),
              y: Axis("loss", .linear(over: smoothed.map(\.y), margin: 0.08), hasGrid: true),
              marks: marks)
          ])
      ],
      table: FigureTable(
        columns: ["step", "rate", "loss", "smoothed"],
        rows: points.enumerated().map { index, point in
          [
            .count(index + 1), .number(point.rate, Self.text(point.rate)), .value(point.loss),
            .value(point.smoothedLoss),
          ]
        }))
  }

  /// What rises at the end would press everything else flat.
  private var drawnPoints: [LearningRateCurve.Point] {
    let losses = points.map(\.smoothedLoss).filter(\.isFinite)
    guard let lowest = losses.min(), let first = losses.first else { return [] }
    let ceiling = lowest + 1.5 * max(first - lowest, abs(lowest) / 10)
    return points.filter { $0.smoothedLoss <= ceiling }
  }
}
