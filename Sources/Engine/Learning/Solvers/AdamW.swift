package import Execution
package import Groundwork

/// Adam whose weight decay is decoupled from the moments (Loshchilov & Hutter 2019): θ ← θ − ηλθ,
/// and ``Adam``'s step without decay. λ is multiplied by η, as in PyTorch, not by the paper's
/// separate multiplier.
package struct AdamW: Solver {
  package static let name = "ADAMW"
  package static let about = "Adam with decoupled weight decay."
  package static let fields = AdamMoments.fields
  package static let example = "solver: {type: ADAMW, base_lr: 1e-3, weight_decay: 1e-2}"

  private let moments: AdamMoments

  package init(_ values: FieldValues) throws(ComponentError) {
    moments = AdamMoments(values)
  }

  package var stateNames: [String] { ["first_moment", "second_moment"] }

  package func update(_ step: SolverStep) {
    step.apply(.adam(first: 0, second: 1, moments.factors(for: step, decay: .decoupled)))
  }
}
