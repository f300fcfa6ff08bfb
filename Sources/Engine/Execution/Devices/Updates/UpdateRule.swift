package import CKernels

/// What a solver has done to every parameter of a step, as a value that a device or the host applies.
/// Its formula stands by the function of the same name in `ck_solvers.h`. Buffers are named by their
/// index in ``SolverStep/state``.
package enum UpdateRule: Sendable {
  case sgd(velocity: Int?, ck_sgd_factors)
  case adam(first: Int, second: Int, maximum: Int? = nil, ck_adam_factors)
  case adamUnadapted(first: Int, second: Int, ck_adam_factors)
  case adaBelief(first: Int, second: Int, ck_adam_factors)
  case lion(mean: Int, ck_adam_factors)
  case adaGrad(squares: Int, ck_mean_square_factors)
  case rmsProp(squares: Int, mean: Int?, velocity: Int?, ck_mean_square_factors)
  case adaDelta(squares: Int, changes: Int, ck_mean_square_factors)
  case madgrad(start: Int, sums: Int, squares: Int, ck_madgrad_factors)
  case lamb(first: Int, second: Int, ck_adam_factors, firstCorrection: Float)
  case lars(velocity: Int, ck_lars_factors)
  /// Keeps the parameters in a buffer.
  case keep(in: Int)
  /// Makes the parameters what was kept.
  case restore(from: Int)
  /// Keeps the parameters and moves them up along their gradients.
  case climb(keeping: Int, radius: Double)
  case lookahead(slow: Int, alpha: Float)
}

/// What is done to a whole buffer besides the steps of a solver, gaps between its tensors included.
package enum BufferRule: Sendable {
  /// target += part · (source − target)
  case average(part: Float)
  /// target = scale · source for the first part of a sum, scale · (target + source) for another.
  case gradientSum(isFirst: Bool, scale: Float)
}
