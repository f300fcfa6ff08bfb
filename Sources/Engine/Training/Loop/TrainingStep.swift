internal import Datasets
internal import Execution
internal import Learning
internal import Measurements

/// One step of gradient descent: forward, losses and backward for each of its batches, then the
/// solver. Everything is prepared in `init`; a step allocates nothing.
final class TrainingStep {
  let plan: ExecutionPlan
  let losses: LossSum
  let optimizerStates: [FlatTensors]
  /// What the schedule remembers of the evaluations so far; `nil` where that is nothing.
  let scheduleMemory: FlatTensors?
  /// What is evaluated in place of the trained weights; `nil` where these are.
  let average: AveragedWeights?
  /// The value of each loss in the last step, in the order of `losses`: unweighted, the mean over
  /// the step's batches.
  private(set) var lossValues: [Double]
  /// `nil` where the statistics of what is evaluated are not estimated anew.
  private let statisticsUpdate: StatisticsUpdate?
  private let configuration: TrainingConfiguration
  private let state: NetworkState
  private let steps: Int
  private let stepsPerEpoch: Int
  private let solverTensors: SolverTensors
  /// ``optimizerStates``, and behind them room for the parameters while a second gradient is taken elsewhere.
  private let solverState: [FlatTensors]
  /// The sum of the gradients of several batches; `nil` where there is one.
  private let gradientSum: FlatTensors?
  private let ascent: SharpnessAscent?

  init(
    plan: ExecutionPlan, losses: LossSum, state: NetworkState, arena: any DeviceMemory,
    configuration: TrainingConfiguration, steps: Int, stepsPerEpoch: Int
  ) {
    self.plan = plan
    self.losses = losses
    self.state = state
    self.configuration = configuration
    self.steps = steps
    self.stepsPerEpoch = stepsPerEpoch
    solverTensors = configuration.optimization.parameterGroups.tensors(state.parameters)
    optimizerStates = configuration.optimization.solver.stateNames.map { _ in
      FlatTensors(like: state.parameters)
    }
    scheduleMemory = Self.memory(of: configuration.optimization.schedule)
    average = configuration.optimization.averaging.map {
      AveragedWeights(
        $0, of: state, network: plan.network, on: plan.device, stepsPerEpoch: stepsPerEpoch,
        threads: configuration.threads)
    }
    statisticsUpdate =
      configuration.optimization.averaging?.updatesStatistics == true
      ? StatisticsUpdate(plan: plan, trained: state, seed: configuration.seed) : nil
    lossValues = Array(repeating: 0, count: losses.names.count)
    gradientSum =
      configuration.optimization.batchesPerStep > 1 ? FlatTensors(like: state.parameters) : nil
    ascent = configuration.optimization.solver.ascent
    let kept = ascent.map { _ in FlatTensors(like: state.parameters) }
    solverState = optimizerStates + [kept].compactMap(\.self)
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
      base: configuration.optimization.baseLearningRate, step: step, of: steps,
      stepsPerEpoch: stepsPerEpoch,
      memory: UnsafeBufferPointer(scheduleMemory?[0] ?? .init(start: nil, count: 0)))
    return configuration.learningRate(at: point)
  }

  /// Lets the schedule see what an evaluation measured.
  func remember(_ report: EvaluationReport) {
    guard let scheduleMemory else { return }
    configuration.optimization.schedule.remember(report, in: scheduleMemory[0])
  }

  /// - Parameters:
  ///   - step: steps done before this one.
  ///   - nextBatch: called for each of the step's batches once the one before is done with.
  /// - Returns: the weighted sum of the losses, the mean over the batches; each one's value is in
  ///   ``lossValues``. Where it is not finite the step was not taken.
  func run(step: Int, nextBatch: () throws -> Batch) rethrows -> Double {
    losses.weigh(step: step, stepsPerEpoch: stepsPerEpoch)
    let batches = configuration.optimization.batchesPerStep
    var total = 0.0
    for index in lossValues.indices { lossValues[index] = 0 }
    for number in 0..<batches {
      let batch = try nextBatch()
      let draws = step * batches + number
      let loss = takeGradients(of: batch, draws: draws)
      guard loss.isFinite else { return loss }
      total += loss
      for index in lossValues.indices { lossValues[index] += losses.values[index] }
      if let elsewhere = takeGradientsUphill(of: batch, draws: draws, step: step),
        !elsewhere.isFinite
      {
        return elsewhere
      }
      if let gradientSum {
        let scale = number == batches - 1 ? Float(1 / Double(batches)) : 1
        gradientSum.update(
          from: plan.parameterGradients, by: .gradientSum(isFirst: number == 0, scale: scale),
          threads: configuration.threads)
      }
    }
    for index in lossValues.indices { lossValues[index] /= Double(batches) }
    updateParameters(step: step)
    average?.follow(state, afterSteps: step + 1)
    return total / Double(batches)
  }

  /// Forward, losses, backward.
  ///
  /// - Parameter draws: the key of dropout's random draws.
  /// - Returns: the weighted sum of the losses; where it is not finite there are no gradients.
  private func takeGradients(of batch: Batch, draws: Int, updatesStatistics: Bool = true) -> Double
  {
    plan.load(batch.images)
    plan.forward(seed: configuration.seed, step: draws, updatesStatistics: updatesStatistics)
    let loss = losses.evaluate(
      plan.heads, batch.target)
    if loss.isFinite { plan.backward() }
    return loss
  }

  /// Replaces the gradients by those where the solver wants its second ones.
  ///
  /// - Returns: the loss there; `nil` where the solver wants none.
  private func takeGradientsUphill(of batch: Batch, draws: Int, step: Int) -> Double? {
    guard let ascent else { return nil }
    let here = solverStep(step, gradients: plan.parameterGradients)
    ascent.climb(here, keeping: optimizerStates.count)
    let loss = takeGradients(of: batch, draws: draws, updatesStatistics: false)
    ascent.descend(here, to: optimizerStates.count)
    return loss
  }

  /// The solver's step, from the gradients that the backward passes have left.
  func updateParameters(step: Int) {
    var solverStep = solverStep(step, gradients: gradients)
    solverStep.clipping = configuration.optimization.clipping.factors(for: solverStep)
    configuration.optimization.solver.update(solverStep)
  }

  private func solverStep(_ step: Int, gradients: FlatTensors) -> SolverStep {
    SolverStep(
      parameters: state.parameters, gradients: gradients, state: solverState,
      tensors: solverTensors, learningRate: learningRate(at: step),
      weightDecay: configuration.optimization.weightDecay, iteration: step + 1,
      threads: configuration.threads)
  }
}

extension TrainingStep {
  /// Those that the last step was taken with.
  var gradients: FlatTensors { gradientSum ?? plan.parameterGradients }

  func measurements(_ histograms: WeightHistograms) -> [Measurement] {
    gradients.download()
    return histograms.measurements(evaluatedState.parameters, gradients: gradients)
  }

  /// What is evaluated and kept as the network.
  var evaluatedState: NetworkState { average?.state ?? state }

  /// Makes the network ready for an evaluation: takes the average of the weights where there is
  /// one, and estimates its statistics anew where that is asked for.
  ///
  /// - Parameters:
  ///   - steps: the number of steps done.
  ///   - batches: the batches of an epoch, by number, from which statistics are estimated anew.
  ///   - nextBatch: called for each of these batches; returns `nil` to stop.
  /// - Returns: whether the preparation came to its end.
  func prepareEvaluation(
    afterSteps steps: Int, batches: Range<Int>, nextBatch: () throws -> Batch?
  ) rethrows -> Bool {
    guard let average, average.prepareEvaluation(of: state, afterSteps: steps),
      let statisticsUpdate
    else { return true }
    return try statisticsUpdate.run(
      for: average.state, batches: batches, nextBatch: nextBatch)
  }

  /// Everything that changes as a training goes on.
  var tensors: [StateTensor] { buffers.flatMap { $1.tensors($0) } }

  /// The network as it is evaluated, and as it is trained where that is another.
  var networkTensors: [StateTensor] { networkBuffers.flatMap { $1.tensors($0) } }

  /// Goes back to recorded ``tensors``.
  ///
  /// - Throws: ``TrainingError/checkpoint(_:)`` where one is missing or of another size.
  func restore(from values: (StateTensor.Role, String) throws -> [Float]?) throws {
    for (role, tensors) in buffers { try tensors.restore(role, from: values) }
  }

  private var buffers: [(StateTensor.Role, FlatTensors)] {
    var buffers = networkBuffers
    for (name, state) in zip(configuration.optimization.solver.stateNames, optimizerStates) {
      buffers.append((.solver(state: name), state))
    }
    if let scheduleMemory { buffers.append((.schedule, scheduleMemory)) }
    return buffers
  }

  private var networkBuffers: [(StateTensor.Role, FlatTensors)] {
    var buffers = [
      (StateTensor.Role.parameter, evaluatedState.parameters),
      (.statistic, evaluatedState.statistics),
    ]
    if average != nil {
      buffers += [(.trainedParameter, state.parameters), (.trainedStatistic, state.statistics)]
    }
    return buffers
  }
}

extension Batch {
  /// What the losses compare the heads with.
  var target: LossTarget { LossTarget(labels: labels, mixedLabels: mixedLabels) }
}
