/// How much of the variance of the objective each parameter explains: exactly on a full grid, by a forest
/// elsewhere, and then only where the forest predicts well.
package struct ParameterImportance: Chart {
  package let name = "importance"
  package let about = "how much of the variance each parameter explains: exact on full grids"

  package init() {}

  package func figure(of input: ChartInput) -> Figure {
    let points = ChartPoints(input)
    let title = "What moves \(input.value.header)"
    guard !points.parameters.isEmpty else {
      return Figure(title: title, absence: "These runs do not differ in any parameter.")
    }
    if let grid = points.grid {
      guard let bars = grid.bars else {
        return Figure(
          title: title,
          absence: "All \(grid.means.count) points have the same mean: nothing to explain.")
      }
      return figure(
        title, bars, axis: "% of the variance between the \(grid.means.count) means",
        caption: "Exact analysis of variance of the means of the full grid; the parts sum to 100 %."
          + (grid.noise(points).map {
            " Seeds within a point vary by \($0) (std): smaller effects cannot be read."
          } ?? ""))
    }
    return forestFigure(points, title)
  }

  private func forestFigure(_ points: ChartPoints, _ title: String) -> Figure {
    let trials = points.points.flatMap { point in
      points.values(of: point).map { (point: point.index, value: $0) }
    }
    let axes = points.parameters.map { $0.importanceAxis(of: trials.map(\.point)) }
    guard let forest = ImportanceForest(axes, outcomes: trials.map(\.value)) else {
      return Figure(
        title: title,
        absence:
          "\(trials.count) \(trials.count == 1 ? "run has" : "runs have") a value: too few to say "
          + "what moves it.")
    }
    if let caution = forest.caution {
      return Figure(
        title: title,
        absence: "These \(trials.count) runs are no full grid, and there are \(caution). "
          + "'experiments plot slices' shows every run against each parameter.")
    }
    var bars = zip(points.parameters, forest.shares).map {
      ImportanceBar(name: $0.name, share: $1.mean, deviation: $1.deviation, isInteraction: false)
    }
    bars.sort { ($1.share, $0.name) < ($0.share, $1.name) }
    if forest.interactions > 0.005 {
      bars.append(
        ImportanceBar(
          name: "several together", share: forest.interactions, deviation: nil, isInteraction: true)
      )
    }
    return figure(
      title, bars, axis: "% of the variance that the forest explains",
      caption:
        "Functional analysis of variance of \(ImportanceForest.trees) regression trees over "
        + "\(trials.count) runs; R² \(NumberText.decimals(forest.outOfBagRSquared, 2)) on runs that a tree "
        + "has not seen. Lines: ± std over the trees. Trials that a sampler put near the best say "
        + "little about the rest of the range.")
  }

  private func figure(
    _ title: String, _ bars: [ImportanceBar], axis: String, caption: String
  ) -> Figure {
    let most = bars.map { 100 * ($0.share + ($0.deviation ?? 0)) }.max() ?? 1
    let marks = bars.enumerated().flatMap { index, bar -> [PlotMark] in
      let (y, value) = (Double(index), 100 * max(0, bar.share))
      let text = "\(NumberText.decimals(value, value < 10 ? 1 : 0)) %"
      var marks: [PlotMark] = [
        .rectangle(
          RectangleMark(
            x: 0...max(value, 0.001), y: y - 0.3...y + 0.3, .bar,
            opacity: bar.isInteraction ? 0.5 : 1, tip: "\(bar.name): \(text)"))
      ]
      var end = value
      if let deviation = bar.deviation, deviation > 0 {
        end = value + 100 * deviation
        marks.append(
          .line(
            LineMark(
              [PlotPoint(max(0, value - 100 * deviation), y), PlotPoint(end, y)],
              Stroke(.text, width: 1.2))))
      }
      return marks + [
        .text(TextMark(text, end, y, .text, isBold: true, offset: PlotPoint(8, 4)))
      ]
    }
    return Figure(
      title: title,
      description: bars.map { "\($0.name) \(NumberText.decimals(100 * $0.share, 1)) %" }
        .joined(separator: ", ") + ".",
      caption: caption, width: 560,
      rows: [
        Figure.Row(
          height: 34 * Double(bars.count),
          [
            Panel(
              x: Axis(axis, .linear(0...most * 1.15)), y: Axis("", .band(bars.map(\.name))),
              marks: marks)
          ])
      ],
      table: FigureTable(
        columns: ["parameter", "share", "std over trees"],
        rows: bars.map { bar in
          [.text(bar.name), .value(bar.share), bar.deviation.map { .value($0) } ?? .missing]
        }))
  }
}

struct ImportanceBar {
  let name: String
  let share: Double
  let deviation: Double?
  let isInteraction: Bool
}

extension ChartGrid {
  private var shares: VarianceShares {
    VarianceShares(levels: parameters.map(\.levels.count), cells: means)
  }

  /// What each parameter explains alone.
  var mainShares: [Double] {
    let shares = self.shares
    return parameters.indices.map { shares.main($0) }
  }

  /// The parameters from the most important, then interactions that are worth showing; `nil` where all
  /// means are equal.
  var bars: [ImportanceBar]? {
    let shares = self.shares.shares
    guard !shares.isEmpty else { return nil }
    let bars = shares.map { share in
      ImportanceBar(
        name: share.axes.map { parameters[$0].name }.joined(separator: " with "),
        share: share.share,
        deviation: nil, isInteraction: share.axes.count > 1)
    }
    return
      (bars.filter { !$0.isInteraction } + bars.filter { $0.isInteraction && $0.share >= 0.001 })
      .sorted { left, right in
        left.isInteraction == right.isInteraction
          ? left.share > right.share : !left.isInteraction
      }
  }

  /// The deviation over the seeds of a point, the median of all.
  func noise(_ points: ChartPoints) -> String? {
    let deviations = cells.compactMap { points.statistics(of: $0)?.deviation }.sorted()
    guard !deviations.isEmpty else { return nil }
    return NumberText.decimals(deviations[deviations.count / 2], points.decimals)
  }
}

extension ChartParameter {
  /// As the analysis of importance sees it, for trials by their points.
  func importanceAxis(of trials: [Int]) -> ImportanceAxis {
    isNumeric
      ? ImportanceAxis(
        name: name, numbers: trials.map { number(of: $0) }, isLogarithmic: isLogarithmic)
      : ImportanceAxis(
        name: name, categories: trials.map { level(of: $0).map { levels[$0].text } })
  }
}
