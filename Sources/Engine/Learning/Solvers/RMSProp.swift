internal import CKernels
package import Execution
package import Groundwork

/// Steps divided by the root of a running mean of squared gradients (Tieleman & Hinton 2012), in
/// PyTorch's form: s ← αs + (1 − α)g², θ ← θ − ηg / (√s + ε). Centered, the variance stands in the
/// root (Graves 2013); with momentum, v ← μv + g / (√s + ε) and θ ← θ − ηv. L2 decay is part of g.
package struct RMSProp: Solver {
  package static let name = "RMSPROP"
  package static let about = "Steps divided by the root of a running mean of squared gradients."
  package static let fields = [
    decay.declaration, delta.declaration, momentum.declaration, centered.declaration,
  ]
  package static let example = "solver: {type: RMSPROP, base_lr: 1e-3, rms_decay: 0.9}"

  package static let decay = Field.number(
    "rms_decay", default: 0.99, Bounds(0..<1), "α: decay of the mean of the squared gradient.")
  static let delta = Field.number(
    "delta", default: 1e-8, Bounds(above: 0), "ε: keeps the divisor from zero.")
  package static let momentum = Field.number(
    "momentum", default: 0, Bounds(0..<1), "μ: the part of the last step that is kept.")
  static let centered = Field.boolean(
    "centered", default: false, "Divide by the root of the variance instead.")

  private let decay: Double
  private let epsilon: Double
  private let momentum: Double
  private let centered: Bool

  package init(_ values: FieldValues) throws(ComponentError) {
    decay = values[Self.decay]
    epsilon = values[Self.delta]
    momentum = values[Self.momentum]
    centered = values[Self.centered]
  }

  package var stateNames: [String] {
    ["square_mean"] + (centered ? ["mean"] : []) + (momentum == 0 ? [] : ["momentum"])
  }

  package func update(_ step: SolverStep) {
    step.apply(
      .rmsProp(
        squares: 0, mean: centered ? 1 : nil, velocity: momentum == 0 ? nil : centered ? 2 : 1,
        ck_mean_square_factors(
          rate: Float(step.learningRate), retention: Float(decay),
          one_minus_retention: Float(1 - decay), epsilon: Float(epsilon),
          momentum: Float(momentum), decay: Float(step.weightDecay))))
  }
}
