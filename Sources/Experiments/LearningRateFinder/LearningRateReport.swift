internal import Datasets
import Foundation
internal import Groundwork
internal import Tracking

/// What `lr-range` found, for people and for machines.
struct LearningRateReport: Encodable {
  let experiment: String
  /// The trial that was trained.
  let trial: String
  let steps: Int
  let end: LearningRateCurve.End
  /// A rate to begin with; `nil` where the loss never fell.
  let suggestedRate: Double?
  /// Where the smoothed loss was lowest.
  let lowestRate: Double?
  let points: [LearningRateCurve.Point]
  private let curve: LearningRateCurve

  init(_ curve: LearningRateCurve, of trial: Trial) {
    experiment = trial.record.experiment
    self.trial = trial.name
    steps = curve.points.count
    end = curve.end
    suggestedRate = curve.steepest?.rate
    lowestRate = curve.lowest?.rate
    points = curve.points
    self.curve = curve
  }

  private enum CodingKeys: String, CodingKey {
    case experiment, trial, steps, end, suggestedRate, lowestRate, points
  }

  func text(style: Style) -> String {
    [table(style: style), chart, facts.text(style: style)].filter { !$0.isEmpty }
      .joined(separator: "\n\n")
  }

  /// Where the smoothed loss falls most steeply, and where it is lowest.
  var suggested: LearningRateCurve.Point? { curve.steepest }
  var lowestPoint: LearningRateCurve.Point? { curve.lowest }

  // MARK: - Parts

  private var chart: String {
    let figure = self.figure
    return figure.absence == nil ? TextFigure.forTerminal.panels(of: figure) : ""
  }

  /// About twenty rows, evenly over the steps, the last among them.
  private func table(style: Style) -> String {
    var table = TableLayout([
      ("step", .right), ("rate", .right), ("loss", .right), ("smoothed", .right), ("", .left),
    ])
    let stride = max(1, (points.count + 18) / 19)
    let ends = [points.count - 1, index(of: curve.steepest), index(of: curve.lowest)]
    let shown = Set(Swift.stride(from: 0, to: points.count, by: stride))
      .union(ends.compactMap { $0 })
    for index in shown.sorted() where points.indices.contains(index) {
      let point = points[index]
      table.add([
        "\(index + 1)", Self.text(point.rate), Units.decimals(point.loss, 4),
        Units.decimals(point.smoothedLoss, 4),
        point == curve.steepest ? "steepest" : point == curve.lowest ? "lowest" : "",
      ])
    }
    return table.text(style: style)
  }

  private func index(of point: LearningRateCurve.Point?) -> Int? {
    point.flatMap { point in points.firstIndex { $0 == point } }
  }

  private var facts: FactList {
    var facts = FactList()
    facts.add("trained", "\(trial), \(Units.count(steps, "step")); nothing is kept of it")
    if let last = points.last {
      let reason =
        switch end {
        case .complete: "the last one"
        case .diverged: "where the loss diverged"
        case .stopped: "on request"
        }
      facts.add("ended", "at a rate of \(Self.text(last.rate)), \(reason)")
    }
    if let suggestedRate, let lowestRate {
      facts.add(
        "suggestion",
        "solver.base_lr: \(Self.text(suggestedRate)), where the loss falls most steeply; "
          + "it is lowest at \(Self.text(lowestRate))")
    } else {
      facts.add(
        "suggestion",
        "none: the loss never fell; try --from and --to further apart, or look at "
          + "the data")
    }
    return facts
  }

  /// `2.5e-3`, as a spec would have it.
  static func text(_ rate: Double) -> String {
    let parts = String(format: "%.1e", rate).split(separator: "e")
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let digits = parts[0].hasSuffix(".0") ? parts[0].dropLast(2) : parts[0]
    return "\(digits)e\(exponent)"
  }
}
