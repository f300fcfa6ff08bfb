internal import CKernels
package import Execution
package import Groundwork

/// Dual averaging with momentum and a cube root (Defazio & Jelassi 2021). t counts from 1, λ = η√t,
/// L2 decay is part of g:
///
///     q ← q + λg²        s ← s + λg        z = θ₀ − s/(∛q + ε)        θ ← μθ + (1 − μ)z
package struct MADGRAD: Solver {
  package static let name = "MADGRAD"
  package static let about =
    "Dual averaging: every step starts from the first weights and all gradients."
  package static let fields = [momentum.declaration, delta.declaration]
  package static let usualRate = 0.01
  package static let example = "solver: {type: MADGRAD, base_lr: 0.01}"

  package static let momentum = Field.number(
    "momentum", default: 0.9, Bounds(0..<1), "μ: the part of the parameters that is kept.")
  static let delta = Field.number(
    "delta", default: 1e-6, Bounds(above: 0), "ε: keeps the divisor from zero.")

  private let momentum: Double
  private let epsilon: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    momentum = values[Self.momentum]
    epsilon = values[Self.delta]
  }

  package var stateNames: [String] { ["start", "gradient_sum", "square_sum"] }

  package func update(_ step: SolverStep) {
    if step.iteration == 1 { step.apply(.keep(in: 0)) }
    step.apply(
      .madgrad(
        start: 0, sums: 1, squares: 2,
        ck_madgrad_factors(
          rate: Float(step.learningRate * Double(step.iteration).squareRoot()),
          one_minus_momentum: Float(1 - momentum), epsilon: Float(epsilon),
          decay: Float(step.weightDecay))))
  }
}
