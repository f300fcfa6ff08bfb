internal import Foundation

/// Runs scattered over two parameters, over a smooth estimate that is drawn only near them.
package struct ContourMap: Chart {
  package let name = "contour"
  package let about = "runs over two parameters that were drawn at random, over a smooth estimate"
  package let suitsTerminals = false

  package init() {}

  /// Below this an estimate would be of the eye's making.
  private static let leastRuns = 30
  private static let cells = 40

  package func figure(of input: ChartInput) -> Figure {
    let points = ChartPoints(input)
    let title = "\(input.value.header) over two parameters"
    let numeric = points.parametersByImportance.filter { $0.isNumeric && $0.levels.count > 1 }
    guard numeric.count >= 2 else {
      return Figure(
        title: title,
        absence: "A contour needs two parameters that are numbers; these runs differ in "
          + (numeric.isEmpty ? "none." : "\(numeric[0].name) alone."))
    }
    let (across, up) = (numeric[0], numeric[1])
    let (x, y) = (across.axis, up.axis)
    let samples = points.points.compactMap { point -> Sample? in
      guard let mean = points.statistics(of: point)?.mean, let a = across.place(of: point.index),
        let b = up.place(of: point.index), let fx = x.scale.fraction(of: a),
        let fy = y.scale.fraction(of: b)
      else { return nil }
      return Sample(x: a, y: b, share: SIMD2(fx, fy), value: mean, point: point)
    }
    guard let least = samples.map(\.value).min(), let greatest = samples.map(\.value).max() else {
      return Figure(title: title, absence: "No run has a value of \(input.value.name) yet.")
    }
    let hasEstimate = samples.count >= Self.leastRuns
    let range = least...greatest
    let higher = input.higherIsBetter
    var marks = hasEstimate ? estimate(samples, x.scale, y.scale, range, higher) : []
    marks += samples.map { sample in
      .point(
        PointMark(
          sample.x, sample.y, .circle, .colour(colour(sample.value, range, higher)), size: 4.5,
          key: sample.point.key,
          tip: "\(sample.point.label): \(NumberText.significant(sample.value, 4))"))
    }
    marks += samples.map { .point(PointMark($0.x, $0.y, .circle, .text, size: 1.2)) }
    return Figure(
      title: title,
      description:
        "\(samples.count) points, \(across.name) along x and \(up.name) along y; \(input.value.header) "
        + "from \(NumberText.significant(least, 4)) to \(NumberText.significant(greatest, 4)).",
      caption: "Marks: points of the sweep. "
        + (hasEstimate
          ? "Behind them: inverse-distance estimate, blank where no point is near. "
          : "Fewer than \(Self.leastRuns) points: no estimate is drawn between them. ")
        + "Cividis, the \(higher ? "lightest is the greatest" : "lightest is the least").",
      width: 620,
      rows: [Figure.Row(height: 380, [Panel(x: x, y: y, marks: marks)])],
      legend: scaleLegend(range, higher),
      table: FigureTable(
        columns: [across.name, up.name, input.value.header],
        rows: samples.map {
          [.value($0.x, decimals: 6), .value($0.y, decimals: 6), .value($0.value)]
        }))
  }

  private struct Sample {
    let x: Double
    let y: Double
    let share: SIMD2<Double>
    let value: Double
    let point: ChartPoints.Point
  }

  private func colour(
    _ value: Double, _ range: ClosedRange<Double>, _ higher: Bool
  ) -> PlotColour {
    let extent = range.upperBound - range.lowerBound
    let share = extent > 0 ? (value - range.lowerBound) / extent : 0.5
    return SequentialColours.cividis(higher ? share : 1 - share)
  }

  private func scaleLegend(_ range: ClosedRange<Double>, _ higher: Bool) -> [Figure.LegendEntry] {
    (0...4).map { step in
      let value =
        range.lowerBound + (range.upperBound - range.lowerBound) * Double(step) / 4
      return .init(
        NumberText.significant(value, 3), .patch(.colour(colour(value, range, higher))))
    }
  }

  /// Cells whose middle has a point near it. What lies farther away says nothing of it.
  private func estimate(
    _ samples: [Sample], _ x: Scale, _ y: Scale, _ range: ClosedRange<Double>, _ higher: Bool
  ) -> [PlotMark] {
    let reach = 1.6 / Double(samples.count).squareRoot()
    var marks: [PlotMark] = []
    for row in 0..<Self.cells {
      for column in 0..<Self.cells {
        let middle = SIMD2(
          (Double(column) + 0.5) / Double(Self.cells), (Double(row) + 0.5) / Double(Self.cells))
        var (weights, sum, nearest) = (0.0, 0.0, Double.infinity)
        for sample in samples {
          let difference = sample.share - middle
          let square = (difference * difference).sum()
          nearest = min(nearest, square)
          let weight = 1 / (square * square + 1e-6)
          weights += weight
          sum += weight * sample.value
        }
        guard nearest.squareRoot() < reach else { continue }
        let ends = (
          value(x, Double(column), 1)...value(x, Double(column + 1), 1),
          value(y, Double(row), 1)...value(y, Double(row + 1), 1)
        )
        marks.append(
          .rectangle(
            RectangleMark(
              x: ends.0, y: ends.1, .colour(colour(sum / weights, range, higher)), opacity: 0.55)))
      }
    }
    return marks
  }

  /// The value at a cell's edge.
  private func value(_ scale: Scale, _ cell: Double, _ unit: Double) -> Double {
    let share = cell / Double(Self.cells)
    let domain = scale.domain
    return scale.isLog
      ? domain.lowerBound * pow(domain.upperBound / domain.lowerBound, share)
      : domain.lowerBound + (domain.upperBound - domain.lowerBound) * share
  }
}
