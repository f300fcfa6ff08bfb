internal import Groundwork
internal import Sampling
internal import Tracking

/// Successive halving, with all trials together or in their order.
struct AshaPruner: Pruner {
  static let name = "asha"
  static let about =
    "Successive halving: of the trials that reach a rung the best part goes on, the others end."
  static let definition =
    "Rungs lie at min, min · factor, min · factor² and so on below the end. A trial goes on where it is among the "
    + "best of those that it is compared with, one of factor, at least one; which trials came first in time "
    + "decides nothing. A trial that has to wait for others gives its place to them."
  private static let among = Field.name(
    "among", default: SuccessiveHalving.Company.auto.rawValue,
    oneOf: SuccessiveHalving.Company.allCases.map(\.rawValue),
    "all compares the trials of the sweep, or of a batch, that reached a rung, which wait for each other; earlier "
      + "compares a trial with those before it in the sweep, so that hardly one waits, and more of them go on; "
      + "auto is all, and earlier for methods that decide from results.")
  static let fields = PrunerFields.ofRungs + [among.declaration]
  static let example = """
    sweep:
      pruner: {asha: {min: 1 epoch, factor: 3}}
      parameters: {solver.base_lr: [1e-1, 1e-2, 1e-3], template.depth: [2, 3]}
    """
  let firstRung: TrainingInterval?
  let comparesAcrossBatches: Bool
  private let comparing: SuccessiveHalving

  init(_ values: FieldValues) {
    let company = SuccessiveHalving.Company(rawValue: values[Self.among]) ?? .auto
    firstRung = values[PrunerFields.min]
    comparesAcrossBatches = company != .all
    comparing = SuccessiveHalving(
      rungs: PrunerFields.rungs(values), statistic: PrunerFields.statistic(values),
      company: company)
  }

  func rule(for objective: Objective) -> PrunerRule { .comparing(comparing) }
}
