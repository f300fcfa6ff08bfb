internal import CKernels
package import Execution
package import Groundwork

/// Steps in the units of the parameters themselves (Zeiler 2012):
///
///     s ← ρs + (1 − ρ)g²        Δ = √(u + ε)/√(s + ε) · g
///     u ← ρu + (1 − ρ)Δ²        θ ← θ − ηΔ
///
/// The paper has no η: `base_lr` is 1. L2 decay is part of g. ρ is called momentum, as in Caffe.
package struct AdaDelta: Solver {
  package static let name = "ADADELTA"
  package static let about = "Steps as large as the last changes were; meant for a base_lr of 1."
  package static let fields = [momentum.declaration, delta.declaration]
  package static let usualRate = 1.0
  package static let example = "solver: {type: ADADELTA, base_lr: 1, momentum: 0.95}"

  package static let momentum = Field.number(
    "momentum", default: 0.9, Bounds(0..<1), "ρ: decay of the means of squares.")
  static let delta = Field.number(
    "delta", default: 1e-6, Bounds(above: 0), "ε: how large the first steps are.")

  private let retention: Double
  private let epsilon: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    retention = values[Self.momentum]
    epsilon = values[Self.delta]
  }

  package var stateNames: [String] { ["square_mean", "change_square_mean"] }

  package func update(_ step: SolverStep) {
    step.apply(
      .adaDelta(
        squares: 0, changes: 1,
        ck_mean_square_factors(
          rate: Float(step.learningRate), retention: Float(retention),
          one_minus_retention: Float(1 - retention), epsilon: Float(epsilon), momentum: 0,
          decay: Float(step.weightDecay))))
  }
}
