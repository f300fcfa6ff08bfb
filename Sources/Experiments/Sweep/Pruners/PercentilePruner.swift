internal import Groundwork
internal import Sampling
internal import Tracking

/// Ends what is worse than a percentile of complete trials.
struct PercentilePruner: Pruner {
  static let name = "percentile"
  static let about =
    "Ends trials whose best value so far is not in the best percent of complete trials at the same evaluation."
  static let definition =
    "The complete trials are those of earlier batches, for which a trial waits; trials that were pruned are not "
    + "among them. Between two values the percentile lies in proportion, and a trial that equals it goes on."
  private static let percent = Field.number(
    "percent", Bounds(0.1...99.9), unit: "%", "So many of a hundred go on; 50 is the median.")
  static let fields = [percent.declaration] + MedianPruner.fields
  static let example = """
    sweep:
      pruner: {percentile: {percent: 25}}
      parameters: {solver.base_lr: [1e-1, 1e-2, 1e-3], template.depth: [2, 3]}
    """
  let comparesAcrossBatches = true
  private let comparing: PercentileRule

  init(_ values: FieldValues) {
    comparing = PercentileRule(
      percent: values[Self.percent], startup: values[PrunerFields.startup],
      warmup: values[PrunerFields.warmup], interval: values[PrunerFields.interval])
  }

  func rule(for objective: Objective) -> PrunerRule { .comparing(comparing) }
}
