internal import CKernels
package import Execution
package import Groundwork

/// Momentum whose step for each tensor is in proportion to the tensor (You, Gitman & Ginsburg
/// 2017): r = trust · ‖θ‖/(‖g‖ + λ‖θ‖ + ε), 1 where one of the norms is 0;
/// v ← μv + r(g + λθ), θ ← θ − ηv.
package struct LARS: Solver {
  package static let name = "LARS"
  package static let about = "Momentum with steps in proportion to each tensor's norm."
  package static let fields = [momentum.declaration, trust.declaration, delta.declaration]
  package static let usualRate = 1.0
  package static let example = "solver: {type: LARS, base_lr: 1, weight_decay: 1e-4}"

  package static let momentum = Field.number(
    "momentum", default: 0.9, Bounds(0..<1), "μ: the part of the last step that is kept.")
  static let trust = Field.number(
    "trust", default: 1e-3, Bounds(above: 0),
    "How much of its norm a tensor may change at a rate of 1.")
  static let delta = Field.number(
    "delta", default: 1e-8, Bounds(above: 0), "ε: keeps the divisor from zero.")

  private let momentum: Double
  private let trust: Double
  private let epsilon: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    momentum = values[Self.momentum]
    trust = values[Self.trust]
    epsilon = values[Self.delta]
  }

  package var stateNames: [String] { ["momentum"] }

  package func update(_ step: SolverStep) {
    step.apply(
      .lars(
        velocity: 0,
        ck_lars_factors(
          rate: Float(step.learningRate), momentum: Float(momentum),
          decay: Float(step.weightDecay), trust: Float(trust), epsilon: Float(epsilon))))
  }
}
