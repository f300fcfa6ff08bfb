/// Trains a network: rounds of steps, each ended by an evaluation, reported as events.
///
/// The result is a function of configuration and data alone. It does not matter whether the
/// training ran in one piece or was continued from the end of any round.
package final class TrainingLoop {
  package enum Outcome: Sendable { case finished, stopped }

  package let summary: TrainingSummary
  /// The algorithm of every convolution that several can compute, by its description.
  package let algorithms: [String: ConvolutionAlgorithm]
  private let configuration: TrainingConfiguration
  private let data: SegmentationData
  private let schedule: TrainingSchedule
  private let training: TrainingStep
  private let evaluation: Evaluation
  private var roundsDone = 0

  /// - Throws: ``TrainingError``.
  /// - Precondition: the data was loaded for the task of the configuration.
  package init(_ configuration: TrainingConfiguration, data: SegmentationData) throws {
    precondition(
      data.truth.task == configuration.task.name, "the data was loaded for another task")
    self.configuration = configuration
    self.data = data
    schedule = try TrainingSchedule(configuration, trainingSamples: data.train.samplesPerEpoch)
    let plans = try TrainingPlans(configuration, shape: DataShape(data))
    let state = NetworkState(plans.training.network, seed: configuration.seed)
    let arena = plans.makeArena()
    training = TrainingStep(
      plan: plans.training,
      losses: try configuration.trainingLosses(for: plans.training, data.classStatistics),
      state: state, arena: arena, configuration: configuration, steps: schedule.steps,
      stepsPerEpoch: schedule.stepsPerEpoch)
    evaluation = try Evaluation(
      predictor: plans.evaluation, task: configuration.task, settings: configuration.evaluation,
      data: data.validation,
      averagesLogits: configuration.readsSingleLogits, state: training.evaluatedState,
      arena: arena
    ) { try configuration.evaluationLosses(logits: $0, edges: $1, data.classStatistics) }
    algorithms = plans.algorithms
    summary = TrainingSummary(
      parameterCount: plans.training.network.parameterCount, trainingSamples: data.train.count,
      validationSamples: data.validation.count, stepsPerEpoch: schedule.stepsPerEpoch,
      steps: schedule.steps, rounds: schedule.rounds, memory: plans.memoryBytes(configuration))
  }

  /// Runs to the end, or until the handler answers `stop`; what then lies behind the last
  /// `roundEnded` is given up and will be done again by a continuation.
  ///
  /// - Throws: ``TrainingError``, or whatever the handler throws.
  package func run(_ handle: (TrainingEvent) throws -> Control) throws -> Outcome {
    guard try handle(.prepared(summary, resumedRounds: roundsDone)) == .proceed else {
      return .stopped
    }
    var loader: Loader?
    while roundsDone < schedule.rounds {
      let watch = Stopwatch()
      let batches = try loader ?? trainingBatches()
      loader = batches
      guard let trained = try train(round: roundsDone + 1, on: batches, handle) else {
        return .stopped
      }
      let trainingSeconds = watch.seconds
      guard let figures = try evaluate(round: roundsDone + 1, handle) else { return .stopped }
      roundsDone += 1
      let report = report(
        trained, figures, trainingSeconds: trainingSeconds,
        evaluationSeconds: watch.seconds - trainingSeconds)
      training.remember(report)
      guard try handle(.roundEnded(report, trainingState)) == .proceed else { return .stopped }
    }
    return .finished
  }

  /// The batches of the rounds that are not done yet.
  private func trainingBatches() throws -> Loader {
    try trainingBatches(
      from: schedule.steps(ofRound: roundsDone + 1).lowerBound * configuration.batchesPerStep)
  }

  private func trainingBatches(from first: Int) throws -> Loader {
    try Loader(
      training: data.train, batchSize: configuration.batchSize,
      batchesPerStep: configuration.batchesPerStep, augmentations: configuration.augmentations,
      seed: configuration.seed, firstBatch: first)
  }

  /// The steps of one round; `nil` where the handler said to stop.
  private func train(
    round: Int, on loader: Loader, _ handle: (TrainingEvent) throws -> Control
  ) throws -> LossMeans? {
    let steps = schedule.steps(ofRound: round)
    var means = LossMeans(names: training.losses.names)
    var rate = RateMeter()
    for step in steps {
      let loss = try training.run(step: step) { try loader.next() }
      guard loss.isFinite else { throw TrainingError.diverged(step: step + 1, loss: loss) }
      means.add(loss, training.lossValues)
      rate.add(configuration.imagesPerStep)
      let report = StepReport(
        step: step + 1, steps: schedule.steps, round: round,
        epoch: Double(step + 1) / Double(schedule.stepsPerEpoch), loss: loss,
        learningRate: training.learningRate(at: step), imagesPerSecond: rate.perSecond)
      guard try handle(.stepped(report)) == .proceed else { return nil }
    }
    return means
  }

  /// With the weights that the losses had in the round's last step.
  private func evaluate(
    round: Int, _ handle: (TrainingEvent) throws -> Control
  ) throws -> Evaluation.Figures? {
    let steps = schedule.steps(ofRound: round).upperBound
    guard try estimateStatistics(afterSteps: steps, handle) else { return nil }
    evaluation.weigh(step: steps - 1, stepsPerEpoch: schedule.stepsPerEpoch)
    return try evaluation.run { done in
      try handle(.evaluated(EvaluationProgress(done: done, samples: data.validation.count)))
    }
  }

  /// Looks at the batches of the epoch that the last step was of, in their order, so that a training
  /// that is continued sees the same.
  ///
  /// - Returns: `false` where the handler said to stop.
  private func estimateStatistics(
    afterSteps steps: Int, _ handle: (TrainingEvent) throws -> Control
  ) throws -> Bool {
    let perEpoch = schedule.stepsPerEpoch * configuration.batchesPerStep
    let first = (steps - 1) / schedule.stepsPerEpoch * perEpoch
    var loader: Loader?
    return try training.prepareEvaluation(
      afterSteps: steps, batches: first..<(first + perEpoch)
    ) {
      let progress = EvaluationProgress(done: 0, samples: data.validation.count)
      guard try handle(.evaluated(progress)) == .proceed else { return nil }
      let batches = try loader ?? trainingBatches(from: first)
      loader = batches
      return try batches.next()
    }
  }

  private func report(
    _ trained: LossMeans, _ figures: Evaluation.Figures, trainingSeconds: Double,
    evaluationSeconds: Double
  ) -> RoundReport {
    let step = schedule.steps(ofRound: roundsDone).upperBound
    return RoundReport(
      round: roundsDone, step: step, epoch: Double(step) / Double(schedule.stepsPerEpoch),
      learningRate: training.learningRate(at: step - 1), trainingLoss: trained.sum,
      trainingLosses: trained.named, validationLoss: figures.loss,
      validationLosses: figures.losses, lossWeights: evaluation.changingWeights,
      confusion: figures.confusion,
      digests: training.networkTensors.map { TensorDigest.digest($0.values) },
      trainingSeconds: trainingSeconds, evaluationSeconds: evaluationSeconds,
      isLast: roundsDone == schedule.rounds, metrics: figures.meters?.metrics ?? [],
      worstImages: figures.meters?.worstImages,
      absentClasses: configuration.evaluation.absentClasses, classNames: data.classes)
  }
}

extension TrainingLoop {
  /// Everything that a continuation needs; the tensors stay valid while nothing is trained.
  private var trainingState: TrainingState {
    TrainingState(
      step: schedule.steps(ofRound: roundsDone).upperBound, round: roundsDone,
      tensors: training.tensors)
  }

  /// Names of the tensors whose digests a round reports, in their order.
  package var digestedTensors: [String] {
    training.networkTensors.map { tensor in
      switch tensor.role {
      case .trainedParameter, .trainedStatistic: "trained/\(tensor.name)"
      default: tensor.name
      }
    }
  }

  /// Goes back to the end of a round.
  ///
  /// - Parameter values: gives the recorded values of each tensor, `nil` where there are none.
  /// - Throws: ``TrainingError/checkpoint(_:)`` where a tensor is missing or of another size.
  package func restore(
    round: Int, values: (StateTensor.Role, String) throws -> [Float]?
  ) throws {
    try trainingState.tensors.restore(from: values)
    roundsDone = round
  }
}
