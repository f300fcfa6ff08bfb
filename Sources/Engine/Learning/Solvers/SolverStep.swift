package import CKernels

/// The flat buffers of one solver step, and what holds for it.
package struct SolverStep {
  package var parameters: UnsafeMutablePointer<Float>
  package var gradients: UnsafePointer<Float>
  /// In the order of ``Solver/slotNames``; further ones may follow.
  package var slots: [UnsafeMutablePointer<Float>]
  /// Where in the buffers which tensor lies.
  package var tensors: SolverTensors
  /// The schedule's rate for this step.
  package var learningRate: Double
  /// λ: of g ← g + λθ (L2, as in PyTorch's SGD and Adam), or of what a decoupled decay takes off.
  package var weightDecay: Double
  /// What a solver must do to each gradient before it uses it.
  package var clipping: GradientClipping.Factors
  /// 1 for the first step of a training.
  package var iteration: Int
  package var threads: Int

  package init(
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: [UnsafeMutablePointer<Float>], tensors: SolverTensors, learningRate: Double,
    weightDecay: Double, clipping: GradientClipping.Factors = .none, iteration: Int, threads: Int
  ) {
    self.parameters = parameters
    self.gradients = gradients
    self.slots = slots
    self.tensors = tensors
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.clipping = clipping
    self.iteration = iteration
    self.threads = threads
  }
}

extension SolverStep {
  /// The step as the kernels take it.
  package var kernel: ck_solver_step {
    ck_solver_step(
      parameters: parameters, gradients: gradients, pieces: tensors.pieces.baseAddress,
      count: Int32(tensors.pieces.count), limit: clipping.limit, scale: clipping.scale,
      threads: Int32(threads))
  }
}
