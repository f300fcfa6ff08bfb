package import Execution
package import Groundwork

/// Adam that divides by how far gradients stray from their mean (Zhuang et al. 2020):
///
///     m ← β₁m + (1 − β₁)g        s ← β₂s + (1 − β₂)(g − m)² + ε
///     θ ← θ − ηλθ − η/(1 − β₁ᵗ) · m / (√s/√(1 − β₂ᵗ) + ε)
///
/// The decay is decoupled, as in the authors' program.
package struct AdaBelief: Solver {
  package static let name = "ADABELIEF"
  package static let about = "Adam with long steps where gradients agree and short ones elsewhere."
  package static let fields = [
    AdamMoments.momentum.declaration, AdamMoments.momentum2.declaration, delta.declaration,
  ]
  package static let example = "solver: {type: ADABELIEF, base_lr: 1e-3}"

  static let delta = AdamMoments.delta(1e-16)

  private let moments: AdamMoments

  package init(_ values: FieldValues) throws(ComponentError) {
    moments = AdamMoments(values)
  }

  package var stateNames: [String] { ["first_moment", "second_moment"] }

  package func update(_ step: SolverStep) {
    step.apply(
      .adaBelief(first: 0, second: 1, moments.factors(for: step, decay: .decoupled)))
  }
}
