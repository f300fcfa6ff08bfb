/// ``RAdam`` behind ``Lookahead``'s slow weights (Wright 2019).
public struct Ranger: Solver {
  public static let name = "RANGER"
  public static let about = "RADAM, steadied by weights that follow it slowly."
  public static let fields = RAdam.fields + SlowWeights.fields
  public static let example = "solver: {type: RANGER, base_lr: 1e-3, k: 6, alpha: 0.5}"

  private let fast: RAdam
  private let slowWeights: SlowWeights

  public init(_ values: FieldValues) throws(ComponentError) {
    fast = try RAdam(values)
    slowWeights = SlowWeights(values)
  }

  public var slotNames: [String] { fast.slotNames + [SlowWeights.slotName] }

  public func update(_ step: SolverStep) {
    slowWeights.follow(step, slow: step.slots[2]) { fast.update($0) }
  }
}
