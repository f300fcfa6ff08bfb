internal import CKernels
package import Execution
package import Groundwork

/// Stochastic gradient descent with momentum (Polyak 1964) or Nesterov's (Nesterov 1983, as written
/// by Sutskever et al. 2013), in PyTorch's form: v ← μv + g, θ ← θ − ηv, with Nesterov
/// θ ← θ − η(g + μv). Caffe multiplies by η before accumulating: the two differ where η changes.
package struct SGD: Solver {
  package static let name = "SGD"
  package static let about = "Stochastic gradient descent with momentum."
  package static let fields = [momentum.declaration, nesterov.declaration]
  package static let usualRate = 0.01
  package static let example = "solver: {type: SGD, base_lr: 0.01, momentum: 0.9}"

  package static let momentum = Field.number(
    "momentum", default: 0.9, Bounds(0..<1), "μ: the part of the last step that is kept.")
  static let nesterov = Field.boolean(
    "nesterov", default: false, "Look ahead along the momentum before stepping.")

  private let momentum: Double
  private let nesterov: Bool

  package init(_ values: FieldValues) throws(ComponentError) {
    momentum = values[Self.momentum]
    nesterov = values[Self.nesterov]
    if nesterov, momentum == 0 {
      throw ComponentError(
        field: Self.nesterov.declaration.name,
        "nesterov looks ahead along the momentum, which is 0: set momentum or leave nesterov out")
    }
  }

  package var stateNames: [String] { momentum == 0 ? [] : ["momentum"] }

  package func update(_ step: SolverStep) {
    step.apply(
      .sgd(
        velocity: momentum == 0 ? nil : 0,
        ck_sgd_factors(
          rate: Float(step.learningRate), momentum: Float(momentum),
          decay: Float(step.weightDecay), shrink: 0, nesterov: nesterov ? 1 : 0)))
  }
}
