package import Execution
package import Groundwork

/// Slow weights behind any other solver (Zhang et al. 2019), whose state it leaves alone.
package struct Lookahead: Solver {
  package static let name = "LOOKAHEAD"
  package static let about = "Another solver, steadied by weights that follow it slowly."
  package static let fields = [inner.declaration] + SlowWeights.fields
  package static let usualRate = 0.01
  package static let example =
    "solver: {type: LOOKAHEAD, inner: {type: ADAM, momentum: 0.9}, base_lr: 1e-3, k: 6}"

  static let inner = Field.solver("inner", "The solver that takes the steps, with its settings.")

  private let inner: any Solver
  private let innerStates: Int
  private let slowWeights: SlowWeights

  package init(_ values: FieldValues) throws(ComponentError) {
    let choice = values[Self.inner]
    guard
      let made = try Registry.solvers.find(choice.name)?.init(choice.values)
    else { throw ComponentError(field: "inner", "there is no solver '\(choice.name)'") }
    if made.stateNames.contains(SlowWeights.stateName) {
      throw ComponentError(
        field: "inner", "\(choice.name) has slow weights already: name another solver")
    }
    inner = made
    innerStates = made.stateNames.count
    slowWeights = SlowWeights(values)
  }

  package var stateNames: [String] { inner.stateNames + [SlowWeights.stateName] }

  package var ascent: SharpnessAscent? { inner.ascent }

  package func update(_ step: SolverStep) {
    slowWeights.follow(step, slow: innerStates) { inner.update($0) }
  }
}
