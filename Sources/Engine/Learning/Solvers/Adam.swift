package import Execution
package import Groundwork

/// Adam (Kingma & Ba 2015). t counts from 1, L2 decay is part of g:
///
///     m ← β₁m + (1 − β₁)g        v ← β₂v + (1 − β₂)g²
///     θ ← θ − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)
///
/// ε stands where PyTorch has it, outside the corrected root; Caffe's is not corrected.
package struct Adam: Solver {
  package static let name = "ADAM"
  package static let about = "Adaptive steps from running means of the gradient and its square."
  package static let fields = AdamMoments.fields
  package static let example = "solver: {type: ADAM, base_lr: 1e-3}"

  private let moments: AdamMoments

  package init(_ values: FieldValues) throws(ComponentError) {
    moments = AdamMoments(values)
  }

  package var stateNames: [String] { ["first_moment", "second_moment"] }

  package func update(_ step: SolverStep) {
    step.apply(.adam(first: 0, second: 1, moments.factors(for: step)))
  }
}
