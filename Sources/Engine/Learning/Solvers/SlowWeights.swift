internal import Execution
internal import Groundwork

/// Lookahead (Zhang et al. 2019): every k steps the slow weights go a part of the way to the fast
/// ones, φ ← φ + α(θ − φ), and these start again from there, θ ← φ. They begin as the parameters
/// of the first step.
struct SlowWeights: Sendable {
  static let fields = [k.declaration, alpha.declaration]
  static let stateName = "slow_weights"

  static let k = Field.integer(
    "k", default: 6, 1...1_000_000, unit: "iterations", "How often the slow weights follow.")
  static let alpha = Field.number(
    "alpha", default: 0.5, Bounds(0...1), "α: how far they go each time.")

  private let interval: Int
  private let alpha: Double

  init(_ values: FieldValues) {
    interval = values[Self.k]
    alpha = values[Self.alpha]
  }

  /// - Parameters:
  ///   - slow: which of the step's buffers the slow weights are.
  ///   - update: the step of the fast weights.
  func follow(_ step: SolverStep, slow: Int, update: (SolverStep) -> Void) {
    if step.iteration == 1 { step.apply(.keep(in: slow)) }
    update(step)
    if step.iteration % interval == 0 { step.apply(.lookahead(slow: slow, alpha: Float(alpha))) }
  }
}
