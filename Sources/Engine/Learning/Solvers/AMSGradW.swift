package import Execution
package import Groundwork

/// ``AMSGrad`` whose weight decay is decoupled from the moments, as in ``AdamW``.
package struct AMSGradW: Solver {
  package static let name = "AMSGRADW"
  package static let about = "AMSGRAD with decoupled weight decay."
  package static let fields = AdamMoments.fields
  package static let example = "solver: {type: AMSGRADW, base_lr: 1e-3, weight_decay: 1e-2}"

  private let moments: AdamMoments

  package init(_ values: FieldValues) throws(ComponentError) {
    moments = AdamMoments(values)
  }

  package var stateNames: [String] { ["first_moment", "second_moment", "largest_second_moment"] }

  package func update(_ step: SolverStep) {
    step.apply(
      .adam(first: 0, second: 1, maximum: 2, moments.factors(for: step, decay: .decoupled)))
  }
}
