internal import CKernels
package import Execution
package import Groundwork

/// Nesterov's accelerated gradient (Nesterov 1983, as written by Sutskever et al. 2013):
/// v ← μv + g, θ ← θ − η(g + μv). The same as ``SGD`` with `nesterov: true`, under the name that
/// Caffe and DeepDetect give it.
package struct Nesterov: Solver {
  package static let name = "NESTEROV"
  package static let about = "Gradient descent that looks ahead along its momentum."
  package static let fields = [momentum.declaration]
  package static let usualRate = 0.01
  package static let example = "solver: {type: NESTEROV, base_lr: 0.01, momentum: 0.99}"

  package static let momentum = Field.number(
    "momentum", default: 0.9, Bounds(0..<1), "μ: the part of the last step that is kept.")

  private let momentum: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    momentum = values[Self.momentum]
    if momentum == 0 {
      throw ComponentError(
        field: Self.momentum.declaration.name,
        "there is no momentum to look ahead along: set it above 0 or use SGD")
    }
  }

  package var stateNames: [String] { ["momentum"] }

  package func update(_ step: SolverStep) {
    step.apply(
      .sgd(
        velocity: 0,
        ck_sgd_factors(
          rate: Float(step.learningRate), momentum: Float(momentum),
          decay: Float(step.weightDecay), shrink: 0, nesterov: 1)))
  }
}
