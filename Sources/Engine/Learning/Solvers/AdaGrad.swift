internal import CKernels
package import Execution
package import Groundwork

/// Steps divided by the root of all squared gradients so far (Duchi, Hazan & Singer 2011):
/// s ← s + g², θ ← θ − ηg / (√s + ε). L2 decay is part of g.
package struct AdaGrad: Solver {
  package static let name = "ADAGRAD"
  package static let about = "Steps that shrink with the sum of all squared gradients so far."
  package static let fields = [delta.declaration]
  package static let usualRate = 0.01
  package static let example = "solver: {type: ADAGRAD, base_lr: 0.01}"

  static let delta = Field.number(
    "delta", default: 1e-10, Bounds(above: 0),
    "ε: keeps the divisor from zero; Caffe's default is 1e-8.")

  private let epsilon: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    epsilon = values[Self.delta]
  }

  package var stateNames: [String] { ["square_sum"] }

  package func update(_ step: SolverStep) {
    step.apply(
      .adaGrad(
        squares: 0,
        ck_mean_square_factors(
          rate: Float(step.learningRate), retention: 1, one_minus_retention: 0,
          epsilon: Float(epsilon), momentum: 0, decay: Float(step.weightDecay))))
  }
}
