package import Execution
package import Groundwork

/// ``RAdam`` behind ``Lookahead``'s slow weights (Wright 2019).
package struct Ranger: Solver {
  package static let name = "RANGER"
  package static let about = "RADAM, steadied by weights that follow it slowly."
  package static let fields = RAdam.fields + SlowWeights.fields
  package static let example = "solver: {type: RANGER, base_lr: 1e-3, k: 6, alpha: 0.5}"

  private let fast: RAdam
  private let slowWeights: SlowWeights

  package init(_ values: FieldValues) throws(ComponentError) {
    fast = try RAdam(values)
    slowWeights = SlowWeights(values)
  }

  package var stateNames: [String] { fast.stateNames + [SlowWeights.stateName] }

  package func update(_ step: SolverStep) {
    slowWeights.follow(step, slow: 2) { fast.update($0) }
  }
}
