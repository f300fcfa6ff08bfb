internal import Groundwork
internal import Measurements
internal import Sampling
internal import Tracking

/// Ends what diverges.
struct DivergedPruner: Pruner {
  static let name = "diverged"
  static let about =
    "Ends trials whose training loss is no number, or rises to a multiple of its lowest value."
  static let definition =
    "The loss is the mean over the steps before an evaluation. A trial whose loss is no number at a step ends at "
    + "once: without this pruner it has failed, with it it is pruned, and the sweep succeeds."
  private static let factor = Field.number(
    "factor", default: 10, Bounds(above: 1),
    "The multiple of the lowest loss before; it counts while that loss is above zero.")
  static let fields = [factor.declaration]
  static let example = """
    sweep:
      pruner: [diverged, {asha: {min: 1 epoch}}]
      parameters: {solver.base_lr: [1e-1, 1e-2, 1e-3], template.depth: [2, 3]}
    """
  private let divergence: DivergenceRule

  init(_ values: FieldValues) { divergence = DivergenceRule(factor: values[Self.factor]) }

  func rule(for objective: Objective) -> PrunerRule {
    .own(divergence, of: .measured(SeriesDescription.trainingLoss.name))
  }
}
