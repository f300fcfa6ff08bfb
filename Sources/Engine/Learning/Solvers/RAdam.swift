package import Execution
package import Groundwork

/// Adam that does without the second moment while it is known too badly (Liu et al. 2020). With
/// ρ∞ = 2/(1 − β₂) − 1 and ρ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ), where ρ > 5
///
///     r = √[(ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ)]
///     θ ← θ − ηr/(1 − β₁ᵗ) · √(1 − β₂ᵗ) · m / (√v + ε)
///
/// and else θ ← θ − η/(1 − β₁ᵗ) · m. L2 decay is part of g. Threshold and ε are PyTorch's.
package struct RAdam: Solver {
  package static let name = "RADAM"
  package static let about = "Adam that warms itself up while its second moment is uncertain."
  package static let fields = AdamMoments.fields
  package static let example = "solver: {type: RADAM, base_lr: 1e-3}"

  private let moments: AdamMoments

  package init(_ values: FieldValues) throws(ComponentError) {
    moments = AdamMoments(values)
  }

  package var stateNames: [String] { ["first_moment", "second_moment"] }

  package func update(_ step: SolverStep) {
    var factors = moments.factors(for: step)
    guard let rectification = rectification(at: step.iteration) else {
      return step.apply(.adamUnadapted(first: 0, second: 1, factors))
    }
    factors.rate = Float(
      step.learningRate / moments.firstCorrection(of: step) * rectification)
    factors.second_correction = 1
    step.apply(.adam(first: 0, second: 1, factors))
  }

  /// r · √(1 − β₂ᵗ), or `nil` where the second moment is not to be used.
  private func rectification(at iteration: Int) -> Double? {
    let beta2 = moments.beta2
    let power = PortableMath.power(beta2, iteration)
    let limit = 2 / (1 - beta2) - 1
    let length = limit - 2 * Double(iteration) * power / (1 - power)
    guard length > 5 else { return nil }
    let ratio = (length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)
    return (ratio * (1 - power)).squareRoot()
  }
}
