internal import Groundwork
internal import Sampling
internal import Tracking

/// Successive halving in brackets, of which some compare later.
struct HyperbandPruner: Pruner {
  static let name = "hyperband"
  static let about =
    "Hyperband: successive halving in brackets, of which some compare late and some early."
  static let definition =
    "Trials belong to brackets by their number, those that compare earliest first, and the trials of a bracket "
    + "wait for each other at each of its rungs. Where a method decides from results, each batch has brackets of "
    + "its own."
  private static let layouts: [BracketLayout] = [.conservative, .standard, .aggressive, .exact]
  private static let brackets = Field.name(
    "brackets", default: "standard", oneOf: layouts.map(\.rawValue),
    "conservative has brackets of every number of rungs, standard the earlier half of them, aggressive the "
      + "earliest; exact has those of Li et al. (2018) in their sizes, again and again.")
  static let fields = PrunerFields.ofRungs + [brackets.declaration]
  static let example = """
    sweep:
      pruner: {hyperband: {min: 1 epoch, factor: 3}}
      parameters: {solver.base_lr: [1e-1, 1e-2, 1e-3], template.depth: [2, 3]}
    """
  let firstRung: TrainingInterval?
  private let comparing: BracketHalving

  init(_ values: FieldValues) {
    firstRung = values[PrunerFields.min]
    comparing = BracketHalving(
      rungs: PrunerFields.rungs(values), statistic: PrunerFields.statistic(values),
      layout: BracketLayout(rawValue: values[Self.brackets]) ?? .standard)
  }

  func rule(for objective: Objective) -> PrunerRule { .comparing(comparing) }
}
