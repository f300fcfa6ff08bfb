internal import Groundwork
internal import Sampling
internal import Tracking

/// Ends what is worse than the median of complete trials.
struct MedianPruner: Pruner {
  static let name = "median"
  static let about =
    "Ends trials whose best value so far is worse than the median of complete trials at the same evaluation."
  static let definition = PercentilePruner.definition
  static let fields = [
    PrunerFields.startup.declaration, PrunerFields.warmup.declaration,
    PrunerFields.interval.declaration,
  ]
  static let example = """
    sweep:
      pruner: {median: {startup: 5, warmup: 2}}
      parameters: {solver.base_lr: [1e-1, 1e-2, 1e-3], template.depth: [2, 3]}
    """
  let comparesAcrossBatches = true
  private let comparing: PercentileRule

  init(_ values: FieldValues) {
    comparing = PercentileRule(
      percent: 50, startup: values[PrunerFields.startup], warmup: values[PrunerFields.warmup],
      interval: values[PrunerFields.interval])
  }

  func rule(for objective: Objective) -> PrunerRule { .comparing(comparing) }
}
