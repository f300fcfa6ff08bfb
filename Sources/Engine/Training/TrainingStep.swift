/// One step of gradient descent: forward, losses, backward, solver. Everything is prepared in
/// `init`; a step allocates nothing.
final class TrainingStep {
  let plan: ExecutionPlan
  let losses: LossSum
  let slots: [FlatTensors]
  /// What the schedule remembers of the rounds so far; `nil` where that is nothing.
  let scheduleMemory: FlatTensors?
  private let configuration: TrainingConfiguration
  private let state: NetworkState
  private let steps: Int
  private let stepsPerEpoch: Int
  private let tensors: SolverTensors
  private let slotValues: [UnsafeMutablePointer<Float>]

  init(
    plan: ExecutionPlan, losses: LossSum, state: NetworkState, arena: HostBuffer,
    configuration: TrainingConfiguration, steps: Int, stepsPerEpoch: Int
  ) {
    self.plan = plan
    self.losses = losses
    self.state = state
    self.configuration = configuration
    self.steps = steps
    self.stepsPerEpoch = stepsPerEpoch
    tensors = configuration.parameterGroups.tensors(state.parameters)
    slots = configuration.solver.slotNames.map { _ in FlatTensors(like: state.parameters) }
    slotValues = slots.map(\.values)
    scheduleMemory = Self.memory(of: configuration.schedule)
    plan.allocate(state, in: arena)
  }

  private static func memory(of schedule: any Schedule) -> FlatTensors? {
    let values = schedule.initialMemory
    guard !values.isEmpty else { return nil }
    let memory = FlatTensors([(type(of: schedule).name, [values.count])])
    _ = memory[0].update(from: values)
    return memory
  }

  /// The rate of a step, 0 for the first.
  func learningRate(at step: Int) -> Double {
    let point = SchedulePoint(
      base: configuration.baseLearningRate, step: step, of: steps, stepsPerEpoch: stepsPerEpoch,
      memory: UnsafeBufferPointer(scheduleMemory?[0] ?? .init(start: nil, count: 0)))
    return configuration.schedule.learningRate(at: point)
      * (configuration.warmup?.factor(at: point) ?? 1)
  }

  /// Lets the schedule see the figures of a round.
  func remember(_ report: RoundReport) {
    guard let scheduleMemory else { return }
    configuration.schedule.remember(report, in: scheduleMemory[0])
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
    var solverStep = SolverStep(
      parameters: state.parameters.values, gradients: plan.parameterGradients.values,
      slots: slotValues, tensors: tensors, learningRate: learningRate(at: step),
      weightDecay: configuration.weightDecay, iteration: step + 1, threads: configuration.threads)
    solverStep.clipping = configuration.clipping.factors(for: solverStep)
    configuration.solver.update(solverStep)
  }
}
