internal import CKernels
package import Execution
package import Groundwork

/// Steps of one length, in the direction of a sign (Chen et al. 2023):
///
///     c = β₁m + (1 − β₁)g        θ ← θ − η(sign c + λθ)        m ← β₂m + (1 − β₂)g
///
/// Rates are three to ten times smaller than Adam's, and decays as much larger.
package struct Lion: Solver {
  package static let name = "LION"
  package static let about = "Steps by the sign of a running mean; needs a lower rate than ADAM."
  package static let fields = [momentum.declaration, momentum2.declaration]
  package static let usualRate = 1e-4
  package static let example = "solver: {type: LION, base_lr: 1e-4, weight_decay: 0.1}"

  package static let momentum = Field.number(
    "momentum", default: 0.9, Bounds(0..<1), "β₁: part of the mean in the direction of a step.")
  static let momentum2 = Field.number(
    "momentum2", default: 0.99, Bounds(0..<1), "β₂: decay of the mean of the gradient.")

  private let beta1: Double
  private let beta2: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    beta1 = values[Self.momentum]
    beta2 = values[Self.momentum2]
  }

  package var stateNames: [String] { ["momentum"] }

  package func update(_ step: SolverStep) {
    step.apply(
      .lion(
        mean: 0,
        ck_adam_factors(
          rate: Float(step.learningRate), beta1: Float(beta1), one_minus_beta1: Float(1 - beta1),
          beta2: Float(beta2), one_minus_beta2: Float(1 - beta2), second_correction: 1,
          epsilon: 0, decay: 0, shrink: Float(step.learningRate * step.weightDecay))))
  }
}
