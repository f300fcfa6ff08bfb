internal import CKernels

/// Bounds on the gradients of a step: first on each value, then on the norm of all of them
/// (Pascanu, Mikolov & Bengio 2013).
public struct GradientClipping: Sendable, Hashable {
  /// c of g ← min(max(g, −c), c).
  public var value: Double?
  /// c of g ← g · min(1, c / (‖g‖ + 1e-6)), PyTorch's form; ‖g‖ is the Euclidean norm of the
  /// gradients of all parameters.
  public var norm: Double?

  public init(value: Double? = nil, norm: Double? = nil) {
    self.value = value
    self.norm = norm
  }

  /// What is left to do while a solver reads a gradient: g ← scale · min(max(g, −limit), limit).
  public struct Factors: Sendable, Hashable {
    public var limit: Float
    public var scale: Float

    public init(limit: Float, scale: Float) {
      self.limit = limit
      self.scale = scale
    }

    public static let none = Factors(limit: .infinity, scale: 1)
  }

  /// The factors of a step, whose own are ignored.
  ///
  /// A norm that is not finite leaves NaN in the gradients, so that the training is seen to diverge.
  public func factors(for step: SolverStep) -> Factors {
    var factors = Factors(limit: value.map { Float($0) } ?? .infinity, scale: 1)
    guard let norm else { return factors }
    var kernel = step.kernel
    kernel.limit = factors.limit
    let length = ck_gradient_norm(kernel, step.tensors.scratch.partial_sums)
    factors.scale = length.isFinite ? Float(min(1, norm / (length + 1e-6))) : .nan
    return factors
  }
}
