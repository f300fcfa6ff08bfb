internal import CKernels
internal import Execution
internal import Groundwork

/// The settings that the solvers of Adam's family share, under DeepDetect's names.
struct AdamMoments: Sendable {
  static let fields = [momentum.declaration, momentum2.declaration, delta.declaration]

  static let momentum = Field.number(
    "momentum", default: 0.9, Bounds(0..<1), "β₁: decay of the mean of the gradient.")
  static let momentum2 = Field.number(
    "momentum2", default: 0.999, Bounds(0..<1), "β₂: decay of the mean of its square.")
  static let delta = delta(1e-8)

  /// ε with the default of a solver.
  static func delta(_ fallback: Double) -> Field<Double> {
    Field.number("delta", default: fallback, Bounds(above: 0), "ε: keeps the divisor from zero.")
  }

  let beta1: Double
  let beta2: Double
  private let epsilon: Double

  init(_ values: FieldValues) {
    beta1 = values[Self.momentum]
    beta2 = values[Self.momentum2]
    epsilon = values[Self.delta]
  }

  /// What becomes of the weight decay.
  enum Decay {
    /// Part of the gradient, and so of the moments.
    case coupled
    /// θ loses ηλθ, whatever the moments are (Loshchilov & Hutter 2019).
    case decoupled
  }

  /// What is the same for every parameter of a step, computed in double.
  func factors(for step: SolverStep, decay: Decay = .coupled) -> ck_adam_factors {
    let secondCorrection = 1 - PortableMath.power(beta2, step.iteration)
    return ck_adam_factors(
      rate: Float(step.learningRate / firstCorrection(of: step)),
      beta1: Float(beta1), one_minus_beta1: Float(1 - beta1),
      beta2: Float(beta2), one_minus_beta2: Float(1 - beta2),
      second_correction: Float(1 / secondCorrection.squareRoot()), epsilon: Float(epsilon),
      decay: decay == .coupled ? Float(step.weightDecay) : 0,
      shrink: decay == .decoupled ? Float(step.learningRate * step.weightDecay) : 0)
  }

  /// 1 − β₁ᵗ.
  func firstCorrection(of step: SolverStep) -> Double {
    1 - PortableMath.power(beta1, step.iteration)
  }
}
