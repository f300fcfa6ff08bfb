package import Datasets
internal import Execution
internal import Groundwork
internal import Learning
package import Measurements
package import Networks

/// Trains a network: steps, and after so many of them an evaluation, reported as events.
///
/// The result is a function of configuration and data alone. It does not matter whether the
/// training ran in one piece or was continued after any of its steps.
package final class TrainingLoop {
  package enum Outcome: Sendable, Hashable {
    case finished
    /// Finished before the planned end, as ``EarlyStopping`` says: the best evaluation, where any had a
    /// value.
    case finishedEarly(best: EvaluationPoint?)
    /// Finished before the planned end, as ``TrainingLoop/endIsAskedFor`` said.
    case finishedOnRequest
    case stopped
  }

  package let summary: TrainingSummary
  /// What is trained.
  package var network: Network { training.plan.network }
  /// The algorithm of every convolution that several can compute, by its description.
  package let algorithms: [String: String]
  let configuration: TrainingConfiguration
  private let data: SegmentationData
  /// `nil` where labels stay as the files have them.
  let relabel: Relabel?
  let schedule: TrainingSchedule
  let training: TrainingStep
  private let evaluation: Evaluation
  /// `nil` where no images without labels are looked at.
  private let unlabelled: UnlabelledPreviews?
  var evaluationsDone = 0
  /// What was trained since the last evaluation.
  var interval: IntervalProgress
  /// What the last evaluation predicted of the images that are looked at.
  package private(set) var previews: [PreviewedPrediction] = []
  /// Asked after every evaluation with the steps done: whether the training is to be complete with it.
  package var endIsAskedFor: (_ step: Int) -> Bool = { _ in false }
  /// `nil` where weights are not measured.
  let histograms: WeightHistograms?
  /// `nil` where the training goes to its planned end in any case.
  var earlyStopping: EarlyStopping.State?
  /// To the other ranks that share the batches; `nil` where there are none.
  let ranks: RankChannel?

  /// - Parameter ranks: to the other ranks that share the batches of each step.
  /// - Throws: ``TrainingError``.
  /// - Precondition: the data was loaded for the task of the configuration.
  package init(
    _ configuration: TrainingConfiguration, data: SegmentationData, ranks: RankChannel? = nil
  ) throws {
    try configuration.check(ranks: ranks?.group.count ?? 1)
    self.ranks = ranks
    precondition(
      data.truth.task == configuration.task.name, "the data was loaded for another task")
    self.configuration = configuration
    self.data = data
    schedule = try TrainingSchedule(configuration, trainingSamples: data.train.samplesPerEpoch)
    if let settings = configuration.earlyStopping {
      earlyStopping = EarlyStopping.State(settings, stepsPerEpoch: schedule.stepsPerEpoch)
    }
    let plans = try TrainingPlans(configuration, shape: DataShape(data))
    let state = try plans.makeState(configuration)
    let arena = plans.makeArena()
    training = TrainingStep(
      plan: plans.training,
      losses: try configuration.trainingLosses(for: plans.training, data.classStatistics),
      state: state, arena: arena, configuration: configuration, steps: schedule.steps,
      stepsPerEpoch: schedule.stepsPerEpoch, ranks: ranks)
    interval = IntervalProgress(after: 0, losses: training.losses.names.count)
    evaluation = try Evaluation(
      predictor: plans.evaluation, task: configuration.task, settings: configuration.evaluation,
      data: data.validation, classNames: data.classes,
      averagesLogits: configuration.readsSingleLogits
    ) { try configuration.evaluationLosses($0, data.classStatistics) }
    plans.evaluation.allocate(training.evaluatedState, in: arena)
    let (evaluated, stepsPerEpoch) = (training.evaluatedState, schedule.stepsPerEpoch)
    relabel = try configuration.relabel.map {
      try Relabel(
        $0, data.train, predictor: plans.evaluation, evaluated: evaluated,
        network: plans.training.network, task: configuration.task, stepsPerEpoch: stepsPerEpoch)
    }
    unlabelled = try UnlabelledPreviews(plans.evaluation, of: configuration, data: data)
    histograms =
      configuration.evaluation.measuresWeights
      ? WeightHistograms(names: plans.training.network.parameters.map(\.name)) : nil
    algorithms = plans.algorithms
    summary = TrainingSummary(
      parameterCount: plans.training.network.parameterCount, trainingSamples: data.train.count,
      validationSamples: data.validation.count, stepsPerEpoch: schedule.stepsPerEpoch,
      steps: schedule.steps, evaluations: schedule.evaluations,
      memory: plans.memoryBytes(configuration))
  }

  /// Runs to the end, which may come early, or until the handler answers `stop`; then ``state`` is what a
  /// continuation goes on from.
  ///
  /// - Throws: ``TrainingError``, or whatever the handler throws.
  package func run(_ handle: (TrainingEvent) throws -> Control) throws -> Outcome {
    guard let ranks else { return try runAlone(handle) }
    precondition(ranks.leads, "the other ranks follow")
    try sendState()
    let outcome = Result { try runAlone(handle) }
    try ranks.send(.end)
    return try outcome.get()
  }

  private func runAlone(_ handle: (TrainingEvent) throws -> Control) throws -> Outcome {
    guard try handle(.prepared(summary, resumedSteps: stepsDone)) == .proceed else {
      return .stopped
    }
    var loader: Loader?
    while !isOver {
      guard try train(on: &loader, handle) else { return .stopped }
      let watch = Stopwatch()
      guard let measurements = try evaluate(handle) else { return .stopped }
      evaluationsDone += 1
      var report = report(measurements, evaluationSeconds: watch.seconds)
      interval = IntervalProgress(after: stepsDone, losses: training.losses.names.count)
      training.remember(report)
      earlyStopping?.add(report)
      // The last one that was planned, or the one that ends the training early.
      let isAskedFor = !isOver && endIsAskedFor(report.step)
      report.isLast = isOver || isAskedFor
      guard try handle(.evaluationEnded(report, state)) == .proceed else { return .stopped }
      if isAskedFor { return .finishedOnRequest }
    }
    return evaluationsDone == schedule.evaluations
      ? .finished : .finishedEarly(best: earlyStopping?.best?.point)
  }

  /// Whether no evaluation is left to make.
  package var isOver: Bool {
    evaluationsDone == schedule.evaluations || earlyStopping?.isPatienceOver == true
  }

  /// - Parameter share: which of each step's.
  func trainingBatches(from first: Int, _ share: BatchShare = .whole) throws -> Loader {
    try Loader(
      training: relabel?.data ?? data.train, batchSize: configuration.batchSize,
      batchesPerStep: configuration.optimization.batchesPerStep,
      augmentations: configuration.augmentations,
      seed: configuration.seed, firstBatch: first, share: share)
  }

  /// The steps that are left before the next evaluation.
  ///
  /// - Parameter loader: that of the steps before; made where there is none.
  /// - Returns: `false` where the handler said to stop.
  private func train(
    on loader: inout Loader?, _ handle: (TrainingEvent) throws -> Control
  ) throws -> Bool {
    let watch = Stopwatch()
    let before = interval.seconds
    var batches = try batches(loader, before: stepsDone)
    loader = batches
    var rate = RateMeter()
    let end = schedule.point(ofEvaluation: evaluationsDone + 1).step
    for step in stepsDone..<end {
      if let relabel, relabel.isDue(before: step) {
        guard try begin(relabel, before: step, handle) else { return false }
        batches = try self.batches(nil, before: step)
        loader = batches
      }
      try sendStep(step)
      let loss = try training.run(step: step) { try batches.next() }
      guard loss.isFinite else { throw TrainingError.diverged(step: step + 1, loss: loss) }
      interval.add(loss, training.lossValues)
      interval.seconds = before + watch.seconds
      rate.add(configuration.imagesPerStep)
      let report = StepReport(
        step: step + 1, steps: schedule.steps,
        epoch: Double(step + 1) / Double(schedule.stepsPerEpoch), loss: loss,
        learningRate: training.learningRate(at: step), imagesPerSecond: rate.perSecond,
        isBeforeEvaluation: step + 1 == end)
      guard try handle(.stepped(report)) == .proceed else { return false }
    }
    return true
  }

  /// - Parameter loader: of the steps before; made where there is none.
  private func batches(_ loader: Loader?, before step: Int) throws -> Loader {
    try loader
      ?? trainingBatches(from: step * configuration.optimization.batchesPerStep, ownShare)
  }

  /// Makes labels of what the network predicts after the steps that are done, as it would be evaluated.
  ///
  /// - Returns: `false` where the handler said to stop; nothing has changed then.
  private func begin(
    _ relabel: Relabel, before step: Int, _ handle: (TrainingEvent) throws -> Control
  ) throws -> Bool {
    guard try estimateStatistics(afterSteps: step, handle) else { return false }
    return try relabel.begin(before: step) { done in
      try handle(.evaluating(EvaluationProgress(done: done, samples: data.train.count)))
    }
  }

  /// The losses have the weights of the last step before the evaluation.
  ///
  /// - Returns: `nil` where the handler said to stop.
  private func evaluate(_ handle: (TrainingEvent) throws -> Control) throws -> [Measurement]? {
    guard try estimateStatistics(afterSteps: stepsDone, handle) else { return nil }
    evaluation.weigh(step: stepsDone - 1, stepsPerEpoch: schedule.stepsPerEpoch)
    let measurements = try evaluation.run { done in
      try handle(.evaluating(EvaluationProgress(done: done, samples: data.validation.count)))
    }
    guard measurements != nil else { return nil }
    previews =
      evaluation.previews
      + (unlabelled?.predictions(from: data.validation.wholeImages.count) ?? [])
    return measurements
  }

  /// Looks at the batches of the epoch that the last step was of, in their order, so that a training
  /// that is continued sees the same.
  ///
  /// - Returns: `false` where the handler said to stop.
  private func estimateStatistics(
    afterSteps steps: Int, _ handle: (TrainingEvent) throws -> Control
  ) throws -> Bool {
    let perEpoch = schedule.stepsPerEpoch * configuration.optimization.batchesPerStep
    let first = (steps - 1) / schedule.stepsPerEpoch * perEpoch
    var loader: Loader?
    return try training.prepareEvaluation(
      afterSteps: steps, batches: first..<(first + perEpoch)
    ) {
      let progress = EvaluationProgress(done: 0, samples: data.validation.count)
      guard try handle(.evaluating(progress)) == .proceed else { return nil }
      let batches = try loader ?? trainingBatches(from: first)
      loader = batches
      return try batches.next()
    }
  }

  private func report(
    _ evaluated: [Measurement], evaluationSeconds: Double
  ) -> EvaluationReport {
    let step = stepsDone
    var measurements = evaluated
    measurements.append(Measurement(.trainingLoss, interval.meanLoss))
    measurements += zip(training.losses.names, interval.meanLosses).map {
      Measurement(.trainingLoss($0), $1)
    }
    measurements.append(Measurement(.learningRate, training.learningRate(at: step - 1)))
    measurements += evaluation.changingWeights.map { Measurement(.lossWeight($0.name), $0.value) }
    measurements += relabel?.measurements ?? []
    measurements += histograms.map { training.measurements($0) } ?? []
    measurements.append(Measurement(.trainingSeconds, interval.seconds))
    measurements.append(Measurement(.evaluationSeconds, evaluationSeconds))
    return EvaluationReport(
      step: step, epoch: epochsDone, measurements: measurements,
      digests: training.networkTensors.map { TensorDigest.digest($0.values) }
        + (relabel.map { [$0.digest] } ?? []),
      isLast: evaluationsDone == schedule.evaluations)
  }

  /// The images that are looked at, as people see them, with the labels that they are judged by, and those
  /// without labels.
  ///
  /// - Throws: ``DataError`` where the files had to be read again and have changed.
  package func previewedImages() throws(DataError) -> [PreviewedImage] {
    let judged = try evaluation.previewedImages.sorted().map { place throws(DataError) in
      let (raster, labels) = try data.validation.wholeImage(place)
      let cut = PreviewCut(configuration.evaluation.previews?.region, of: raster.size)
      return PreviewedImage(
        name: data.validation.wholeImages[place].name, image: cut.cut(raster),
        truth: cut.cut(planes: labels))
    }
    return judged + (unlabelled?.images ?? [])
  }

  /// Steps done since the training began.
  package var stepsDone: Int { interval.end }

  var epochsDone: Double { Double(stepsDone) / Double(schedule.stepsPerEpoch) }
}
