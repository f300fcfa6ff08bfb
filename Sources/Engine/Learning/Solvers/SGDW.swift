internal import CKernels
package import Execution
package import Groundwork

/// Gradient descent with momentum whose weight decay is decoupled from it (Loshchilov & Hutter
/// 2019): v ← μv + g, θ ← θ − η(v + λθ). The schedule scales the decay; the paper's multiplier ν is
/// that schedule relative to `base_lr`.
package struct SGDW: Solver {
  package static let name = "SGDW"
  package static let about = "Gradient descent with momentum and decoupled weight decay."
  package static let fields = [momentum.declaration]
  package static let usualRate = 0.01
  package static let example = "solver: {type: SGDW, base_lr: 0.01, weight_decay: 1e-2}"

  package static let momentum = Field.number(
    "momentum", default: 0.9, Bounds(0..<1), "μ: the part of the last step that is kept.")

  private let momentum: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    momentum = values[Self.momentum]
  }

  package var stateNames: [String] { momentum == 0 ? [] : ["momentum"] }

  package func update(_ step: SolverStep) {
    step.apply(
      .sgd(
        velocity: momentum == 0 ? nil : 0,
        ck_sgd_factors(
          rate: Float(step.learningRate), momentum: Float(momentum), decay: 0,
          shrink: Float(step.learningRate * step.weightDecay), nesterov: 0)))
  }
}
