/// The flat buffers of one solver step, and what holds for it.
package struct SolverStep {
  package var parameters: FlatTensors
  package var gradients: FlatTensors
  /// The state of the optimizer in the order of ``Solver/stateNames``; further buffers may follow.
  package var state: [FlatTensors]
  /// Where in the buffers which tensor lies.
  package var tensors: SolverTensors
  /// The schedule's rate for this step.
  package var learningRate: Double
  /// λ: of g ← g + λθ (L2, as in PyTorch's SGD and Adam), or of what a decoupled decay takes off.
  package var weightDecay: Double
  /// What a solver must do to each gradient before it uses it.
  package var clipping: ClippingFactors
  /// 1 for the first step of a training.
  package var iteration: Int
  package var threads: Int

  package init(
    parameters: FlatTensors, gradients: FlatTensors, state: [FlatTensors],
    tensors: SolverTensors, learningRate: Double, weightDecay: Double,
    clipping: ClippingFactors = .none, iteration: Int, threads: Int
  ) {
    self.parameters = parameters
    self.gradients = gradients
    self.state = state
    self.tensors = tensors
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.clipping = clipping
    self.iteration = iteration
    self.threads = threads
  }
}

/// What is left to do while a solver reads a gradient: g ← scale · min(max(g, −limit), limit).
package struct ClippingFactors: Sendable, Hashable {
  package var limit: Float
  package var scale: Float

  package init(limit: Float, scale: Float) {
    self.limit = limit
    self.scale = scale
  }

  package static let none = ClippingFactors(limit: .infinity, scale: 1)
}
