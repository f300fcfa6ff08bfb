internal import CKernels

/// Steps divided by the root of all squared gradients so far (Duchi, Hazan & Singer 2011):
/// s ← s + g², θ ← θ − ηg / (√s + ε). L2 decay is part of g.
public struct AdaGrad: Solver {
  public static let name = "ADAGRAD"
  public static let about = "Steps that shrink with the sum of all squared gradients so far."
  public static let fields = [delta.declaration]
  public static let example = "solver: {type: ADAGRAD, base_lr: 0.01}"

  static let delta = Field.number(
    "delta", default: 1e-10, Bounds(above: 0),
    "ε: keeps the divisor from zero; Caffe's default is 1e-8.")

  private let epsilon: Double

  public init(_ values: FieldValues) throws(ComponentError) {
    epsilon = values[Self.delta]
  }

  public var slotNames: [String] { ["square_sum"] }

  public func update(_ step: SolverStep) {
    ck_adagrad(
      step.kernel, step.slots[0],
      ck_mean_square_factors(
        rate: Float(step.learningRate), retention: 1, one_minus_retention: 0,
        epsilon: Float(epsilon), momentum: 0, decay: Float(step.weightDecay)))
  }
}
