package import Execution

/// Bounds on the gradients of a step: first on each value, then on the norm of all of them
/// (Pascanu, Mikolov & Bengio 2013).
package struct GradientClipping: Sendable, Hashable {
  /// c of g ← min(max(g, −c), c).
  package var value: Double?
  /// c of g ← g · min(1, c / (‖g‖ + 1e-6)), PyTorch's form; ‖g‖ is the Euclidean norm of the
  /// gradients of all parameters.
  package var norm: Double?

  package init(value: Double? = nil, norm: Double? = nil) {
    self.value = value
    self.norm = norm
  }

  package typealias Factors = ClippingFactors

  /// The factors of a step, whose own are ignored.
  ///
  /// A norm that is not finite leaves NaN in the gradients, so that the training is seen to diverge.
  package func factors(for step: SolverStep) -> Factors {
    var factors = Factors(limit: value.map { Float($0) } ?? .infinity, scale: 1)
    guard let norm else { return factors }
    let length = step.gradientNorm(limit: factors.limit)
    factors.scale = length.isFinite ? Float(min(1, norm / (length + 1e-6))) : .nan
    return factors
  }
}
