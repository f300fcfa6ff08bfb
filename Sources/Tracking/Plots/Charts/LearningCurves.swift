internal import Measurements

/// A value over the epochs of training: a line for the mean over seeds, a band for their spread, and an
/// open mark at each seed's best evaluation. Below it the training loss.
package struct LearningCurves: Chart {
  package let name = "curves"
  package let about = "the objective, or --metric, over epochs: mean and spread over seeds"

  package init() {}

  package func figure(of input: ChartInput) -> Figure {
    let points = ChartPoints(input)
    let title = "\(input.value.column?.header ?? input.value.header) over epochs"
    guard let column = input.value.column else {
      return Figure(
        title: title,
        absence: "\(input.value.name) is no series: a run has it once, and no curve of it.")
    }
    let curves = points.points.map { CurveGroup($0, column, input.objective) }
    guard curves.contains(where: { !$0.seeds.isEmpty }) else {
      return Figure(
        title: title,
        absence: "No evaluation of these runs has recorded \(input.value.name) yet.")
    }
    let facets = CurveFacets(points)
    var rows = [
      CurveRow(
        curves: curves, facets: facets, label: column.header, isLog: false,
        higherIsBetter: input.higherIsBetter, smoothing: input.smoothing, marksBest: true,
        namesLines: true)
    ]
    if let loss = trainingLoss(input) {
      let losses = points.points.map { CurveGroup($0, loss, input.objective) }
      rows.append(
        CurveRow(
          curves: losses, facets: facets, label: loss.header + ", log scale", isLog: true,
          higherIsBetter: false, smoothing: input.smoothing, marksBest: false, namesLines: false))
    }
    return Figure(
      title: title,
      description: description(points, facets, rows.count),
      caption: caption(curves, rows, input),
      width: min(1100, facets.width),
      rows: rows.enumerated().map { $1.row(isFirst: $0 == 0, isLast: $0 == rows.count - 1) },
      legend: facets.legend, table: table(points, curves, input))
  }

  private func trainingLoss(_ input: ChartInput) -> HistoryColumn? {
    let loss = RunNames(input.runs).column(named: "training.loss")
    return loss?.name == input.value.name ? nil : loss
  }

  // MARK: - Words

  private func description(_ points: ChartPoints, _ facets: CurveFacets, _ rows: Int) -> String {
    let panels =
      facets.columns.count > 1
      ? "one column for each value of \(facets.columnName), " : ""
    return
      "\(points.input.value.header)\(rows > 1 ? " above and training loss below" : "") over epochs, "
      + "\(panels)one line for each of \(points.points.count) "
      + "\(points.points.count == 1 ? "point" : "points"), \(points.seedsText)."
  }

  private func caption(_ curves: [CurveGroup], _ rows: [CurveRow], _ input: ChartInput) -> String {
    var sentences: [String] = []
    let most = curves.map(\.seeds.count).max() ?? 1
    if most > 1 {
      sentences.append(
        "Line: mean of the seeds. Band: "
          + (most > CurveGroup.rangeLimit
            ? "± the standard deviation." : "smallest to largest seed."))
    }
    sentences.append("Open marks: each run's best evaluation, whose value tables have.")
    if curves.contains(where: \.isUneven) {
      sentences.append("Where not all seeds have a value, each is a thin line of its own.")
    }
    if curves.contains(where: { !$0.failures.isEmpty }) {
      sentences.append("Crosses: runs that failed, which no mean counts.")
    }
    if input.smoothing > 0 {
      sentences.append(
        "Smoothed by \(NumberText.decimals(input.smoothing, 2)); what was measured is pale behind it."
      )
    }
    for row in rows where row.cut > 0 {
      let values = row.cut == 1 ? "value lies" : "values lie"
      sentences.append("\(row.cut) \(values) beyond the range that is shown of \(row.label).")
    }
    let dropped = rows.reduce(0) { $0 + $1.withoutLogarithm }
    if dropped > 0 {
      sentences.append("\(dropped) values that are not above 0 have no place on the log scale.")
    }
    return sentences.joined(separator: " ")
  }

  private func table(
    _ points: ChartPoints, _ curves: [CurveGroup], _ input: ChartInput
  ) -> FigureTable {
    FigureTable(
      columns: ["series", "epoch", "mean", "least", "greatest", "seeds"],
      rows: zip(points.points, curves).flatMap { point, group in
        group.steps.map { step in
          [
            .text(point.label), .value(step.x, decimals: step.x == step.x.rounded() ? 0 : 2),
            .value(step.mean), .value(step.least), .value(step.greatest), .count(step.count),
          ]
        }
      })
  }
}
