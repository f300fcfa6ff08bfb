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
  /// The ranks that share the batches of a step; `nil` where this process has all of them.
  private let ranks: RankChannel?
  /// `nil` where a step has one batch, or changes no statistics.
  private let shardStatistics: ShardStatistics?
  private let shardGradients: ShardGradients?
  private var shardLosses: ShardLosses

  /// - Parameter ranks: that share the batches of a step.
  init(
    plan: ExecutionPlan, losses: LossSum, state: NetworkState, arena: any DeviceMemory,
    configuration: TrainingConfiguration, steps: Int, stepsPerEpoch: Int,
    ranks: RankChannel? = nil
  ) {
    let batches = configuration.optimization.batchesPerStep
    let group = ranks?.group
    precondition((group?.count ?? 1) <= batches, "more ranks than batches in a step")
    self.ranks = ranks
    shardStatistics =
      batches > 1 ? ShardStatistics(plan.network, state.statistics, group: group) : nil
    shardGradients = group.map {
      ShardGradients($0, values: state.parameters.count, threads: configuration.threads)
    }
    shardLosses = ShardLosses(losses: losses.names.count, group: group)
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
    gradientSum = batches > 1 ? FlatTensors(like: state.parameters) : nil
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

  /// Takes a step. Where ranks share its batches all of them call this, each with batches of its own: the
  /// numbers of the step's batches that divided by the number of ranks leave its own.
  ///
  /// - Parameters:
  ///   - step: steps done before this one.
  ///   - nextBatch: called for each of this rank's batches once the one before is done with.
  /// - Returns: the weighted sum of the losses, the mean over the batches; each one's value is in
  ///   ``lossValues``. Where it is not finite the step was not taken.
  /// - Throws: what `nextBatch` throws, or ``RankFailure`` where that was on another rank.
  func run(step: Int, nextBatch: () throws -> Batch) throws -> Double {
    losses.weigh(step: step, stepsPerEpoch: stepsPerEpoch)
    let batches = configuration.optimization.batchesPerStep
    let (rank, count) = (ranks?.group.rank ?? 0, ranks?.group.count ?? 1)
    var total = 0.0
    for index in lossValues.indices { lossValues[index] = 0 }
    shardStatistics?.begin()
    for first in stride(from: 0, to: batches, by: count) {
      let taken = first..<min(first + count, batches)
      let own = taken.contains(first + rank) ? first + rank : nil
      try computeShard(own, step: step, nextBatch: nextBatch)
      for place in 0..<taken.count {
        let loss = shardLosses.loss(place)
        guard loss.isFinite else { return loss }
        total += loss
        for index in lossValues.indices { lossValues[index] += shardLosses.value(place, index) }
        guard shardLosses.elsewhere(place).isFinite else { return shardLosses.elsewhere(place) }
      }
      try shardStatistics?.takeIn(taken.count)
      try addGradients(of: own, taken)
    }
    shardStatistics?.end()
    if let gradientSum { try shardGradients?.share(gradientSum) }
    for index in lossValues.indices { lossValues[index] /= Double(batches) }
    updateParameters(step: step)
    average?.follow(state, afterSteps: step + 1)
    return total / Double(batches)
  }

  /// Computes losses, gradients and statistics of one batch, and tells all ranks the losses.
  ///
  /// - Parameter number: that of the batch in its step; `nil` where this rank has none.
  private func computeShard(_ number: Int?, step: Int, nextBatch: () throws -> Batch) throws {
    var failure: (any Error)?
    if let number {
      do {
        let batch = try nextBatch()
        shardStatistics?.prepare()
        let draws = step * configuration.optimization.batchesPerStep + number
        let loss = takeGradients(of: batch, draws: draws)
        shardStatistics?.keep()
        shardLosses.write(loss, losses.values)
        if loss.isFinite,
          let elsewhere = takeGradientsUphill(of: batch, draws: draws, step: step)
        {
          shardLosses.write(elsewhere: elsewhere)
        }
      } catch {
        guard ranks != nil else { throw error }
        shardLosses.writeFailure()
        failure = error
      }
    } else {
      shardLosses.writeNothing()
    }
    if try !shardLosses.gather(), let ranks { try ranks.share(failure) }
  }

  /// Adds the gradients of batches that follow each other.
  private func addGradients(of own: Int?, _ taken: Range<Int>) throws {
    guard let gradientSum else { return }
    let batches = configuration.optimization.batchesPerStep
    let scale = Float(1 / Double(batches))
    if let shardGradients {
      try shardGradients.add(
        own == nil ? nil : plan.parameterGradients, to: gradientSum, batches: taken,
        last: batches - 1, scale: scale)
    } else {
      gradientSum.update(
        from: plan.parameterGradients,
        by: .gradientSum(
          isFirst: taken.lowerBound == 0, scale: taken.lowerBound == batches - 1 ? scale : 1),
        threads: configuration.threads)
    }
  }

  /// Forward, losses, backward.
  ///
  /// - Parameter draws: the key of dropout's random draws.
  /// - Returns: the weighted sum of the losses; where it is not finite there are no gradients.
  private func takeGradients(of batch: Batch, draws: Int, updatesStatistics: Bool = true) -> Double
  {
    plan.load(batch.images)
    plan.forward(
      seed: configuration.seed, step: draws, updatesStatistics: updatesStatistics,
      labels: batch.labels)
    let loss = losses.evaluate(
      plan.heads, batch.target(channels: plan.input.shape.channels))
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

  /// What a rank needs to take part in steps: all but the averages of the weights, which are evaluated only.
  var sharedTensors: [FlatTensors] {
    [state.parameters, state.statistics] + optimizerStates + [scheduleMemory].compactMap(\.self)
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
  ///
  /// - Parameter channels: C, of the images.
  func target(channels: Int) -> LossTarget {
    LossTarget(
      labels: labels, mixedLabels: mixedLabels, images: LossImages(images, channels: channels))
  }
}
