internal import Groundwork
internal import Sampling
internal import Tracking

/// Ends what does not become better any more.
struct PatiencePruner: Pruner {
  static let name = "patience"
  static let about =
    "Ends trials whose objective has not become better for a number of evaluations."
  static let definition =
    "As training.early_stopping, but a trial that ends so counts as pruned and not as complete."
  private static let evaluations = Field.integer(
    "evaluations", 1...1_000_000, "How many evaluations the best one may stay the best.")
  private static let minimumDelta = Field.number(
    "min_delta", default: 0, Bounds(atLeast: 0),
    "By more than how much a value must pass the best one to count as better.")
  static let fields = [evaluations.declaration, minimumDelta.declaration]
  static let example = """
    sweep:
      pruner: {patience: {evaluations: 5}}
      parameters: {solver.base_lr: [1e-1, 1e-2, 1e-3], template.depth: [2, 3]}
    """
  private let patience: PatienceRule

  init(_ values: FieldValues) {
    patience = PatienceRule(
      evaluations: values[Self.evaluations], minimumDelta: values[Self.minimumDelta])
  }

  func rule(for objective: Objective) -> PrunerRule { .own(patience, of: .objective) }
}
