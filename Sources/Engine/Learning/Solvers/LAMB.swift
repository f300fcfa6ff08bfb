package import Execution
package import Groundwork

/// Adam whose step for each tensor is as long as the tensor (You et al. 2020), with
/// u = m̂/(√v̂ + ε) + λθ: θ ← θ − η · ‖θ‖/‖u‖ · u, the ratio 1 where one of the norms is 0.
/// There is no upper bound on ‖θ‖, and no tensor is exempt.
package struct LAMB: Solver {
  package static let name = "LAMB"
  package static let about = "Adam with steps in proportion to each tensor's norm, for big batches."
  package static let definition =
    "The norm of a tensor is not clipped: the ratio is that of the norms, however large "
    + "the weights (phi is the identity), and norms and biases have it too."
  package static let fields = [
    AdamMoments.momentum.declaration, AdamMoments.momentum2.declaration, delta.declaration,
  ]
  package static let example = "solver: {type: LAMB, base_lr: 2e-3, weight_decay: 0.01}"

  static let delta = AdamMoments.delta(1e-6)

  private let moments: AdamMoments

  package init(_ values: FieldValues) throws(ComponentError) {
    moments = AdamMoments(values)
  }

  package var stateNames: [String] { ["first_moment", "second_moment"] }

  package func update(_ step: SolverStep) {
    var factors = moments.factors(for: step)
    factors.rate = Float(step.learningRate)
    step.apply(
      .lamb(
        first: 0, second: 1, factors,
        firstCorrection: Float(1 / moments.firstCorrection(of: step))))
  }
}
