/// One step of gradient descent: forward, losses, backward, solver. Everything is prepared in
/// `init`; a step allocates nothing.
final class TrainingStep {
  let plan: ExecutionPlan
  let losses: LossSum
  let slots: [FlatTensors]
  private let configuration: TrainingConfiguration
  private let state: NetworkState
  private let steps: Int
  private let slotValues: [UnsafeMutablePointer<Float>]

  init(
    plan: ExecutionPlan, losses: LossSum, state: NetworkState, arena: HostBuffer,
    configuration: TrainingConfiguration, steps: Int
  ) {
    self.plan = plan
    self.losses = losses
    self.state = state
    self.configuration = configuration
    self.steps = steps
    slots = configuration.solver.slotNames.map { _ in FlatTensors(like: state.parameters) }
    slotValues = slots.map(\.values)
    plan.allocate(state, in: arena)
  }

  /// The rate of a step, 0 for the first.
  func learningRate(at step: Int) -> Double {
    configuration.schedule.learningRate(
      base: configuration.baseLearningRate, step: step, of: steps)
  }

  /// - Parameter step: steps done before this one.
  /// - Returns: the weighted sum of the losses; each one's value is in ``losses``.
  func run(_ batch: Batch, step: Int) -> Double {
    plan.images.update(from: batch.images, count: plan.layouts[Network.inputValue].elements)
    plan.forward(seed: configuration.seed, step: step)
    let loss = losses.evaluate(
      logits: plan.logits, labels: batch.labels, gradient: plan.logitsGradient)
    guard loss.isFinite else { return loss }
    plan.backward()
    updateParameters(step: step)
    return loss
  }

  /// The solver's step, from the gradients that the backward pass has left.
  func updateParameters(step: Int) {
    configuration.solver.update(
      SolverStep(
        parameters: state.parameters.values, gradients: plan.parameterGradients.values,
        slots: slotValues, count: state.parameters.count,
        learningRate: learningRate(at: step), weightDecay: configuration.weightDecay,
        iteration: step + 1, threads: configuration.threads))
  }
}
