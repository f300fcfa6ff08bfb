package import Execution
package import Groundwork

/// Adam that divides by the largest second moment so far, so that no step grows only because the
/// gradients shrank (Reddi, Kale & Kumar 2018). The maximum is taken before the bias correction,
/// as in PyTorch.
package struct AMSGrad: Solver {
  package static let name = "AMSGRAD"
  package static let about = "Adam whose step sizes never grow back."
  package static let fields = AdamMoments.fields
  package static let example = "solver: {type: AMSGRAD, base_lr: 1e-3}"

  private let moments: AdamMoments

  package init(_ values: FieldValues) throws(ComponentError) {
    moments = AdamMoments(values)
  }

  package var stateNames: [String] { ["first_moment", "second_moment", "largest_second_moment"] }

  package func update(_ step: SolverStep) {
    step.apply(.adam(first: 0, second: 1, maximum: 2, moments.factors(for: step)))
  }
}
