/// Slow weights behind any other solver (Zhang et al. 2019), whose slots it leaves alone.
public struct Lookahead: Solver {
  public static let name = "LOOKAHEAD"
  public static let about = "Another solver, steadied by weights that follow it slowly."
  public static let fields = [inner.declaration] + SlowWeights.fields
  public static let example =
    "solver: {type: LOOKAHEAD, inner: {type: ADAM, momentum: 0.9}, base_lr: 1e-3, k: 6}"

  static let inner = Field.solver("inner", "The solver that takes the steps, with its settings.")

  private let inner: any Solver
  private let innerSlots: Int
  private let slowWeights: SlowWeights

  public init(_ values: FieldValues) throws(ComponentError) {
    let choice = values[Self.inner]
    guard
      let made = try Registry.solvers.find(choice.name)?.init(choice.values) as? any Solver
    else { throw ComponentError(field: "inner", "there is no solver '\(choice.name)'") }
    if made.slotNames.contains(SlowWeights.slotName) {
      throw ComponentError(
        field: "inner", "\(choice.name) has slow weights already: name another solver")
    }
    inner = made
    innerSlots = made.slotNames.count
    slowWeights = SlowWeights(values)
  }

  public var slotNames: [String] { inner.slotNames + [SlowWeights.slotName] }

  public var ascent: SharpnessAscent? { inner.ascent }

  public func update(_ step: SolverStep) {
    slowWeights.follow(step, slow: step.slots[innerSlots]) { inner.update($0) }
  }
}
