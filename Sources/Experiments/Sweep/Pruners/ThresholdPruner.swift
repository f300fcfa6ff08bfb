internal import Groundwork
internal import Sampling
internal import Tracking

/// Ends what leaves given bounds.
struct ThresholdPruner: Pruner {
  static let name = "threshold"
  static let about = "Ends trials of which a value lies outside of bounds, or is no number."
  private static let bounds = Bounds(-1e12...1e12)
  private static let lower = Field.number("lower", bounds, "The smallest value that goes on.")
    .optional
  private static let upper = Field.number("upper", bounds, "The largest value that goes on.")
    .optional
  private static let metric = Field<String>(
    "metric", .series, default: nil, "The series; the objective where it is not written.",
    extract: { if case .name(let name) = $0 { name } else { "" } }
  ).optional
  static let fields = [
    lower.declaration, upper.declaration, metric.declaration, PrunerFields.warmup.declaration,
  ]
  static let example = """
    sweep:
      pruner: {threshold: {metric: validation.loss, upper: 5, warmup: 1}}
      parameters: {solver.base_lr: [1e-1, 1e-2, 1e-3], template.depth: [2, 3]}
    """
  private let threshold: ThresholdRule
  private let series: String?

  init(_ values: FieldValues) throws(ComponentError) {
    let (lower, upper) = (values[Self.lower], values[Self.upper])
    guard lower != nil || upper != nil else {
      throw ComponentError("needs lower, upper or both")
    }
    if let lower, let upper, lower > upper {
      throw ComponentError(field: "lower", "must not be above upper")
    }
    threshold = ThresholdRule(
      bounds: (lower ?? -.infinity)...(upper ?? .infinity), warmup: values[PrunerFields.warmup])
    series = values[Self.metric]
  }

  func rule(for objective: Objective) -> PrunerRule {
    .own(threshold, of: .measured(series ?? objective.metric))
  }
}
