internal import Datasets
internal import Execution
import Foundation
import Tracking
internal import Training

/// Trains one recorded trial in a process of its own, on from where an earlier attempt was
/// stopped or killed.
///
/// The same worker serves a sweep, a reproduction and, started by hand, any other machine: it needs
/// the record, the data and nothing else.
struct Worker {
  let store: FolderStore
  let experiment: String
  let id: String
  let threads: Int
  /// Where the data lies now; `nil`: where it lay when the record was made.
  var places: DataPlaces?
  /// The algorithm that each convolution is to use, as an earlier run has recorded it; `nil` where the
  /// run makes its own choices.
  var algorithms: [String: String]?
  /// The steps after which the training ends, as that of a run that was ended on request; `nil` for the
  /// planned end.
  var endsAfter: Int?
  /// True where the run goes on whatever an earlier attempt ran with.
  var acceptsAnyMachine = false
  /// What may end it for others; `nil` where nothing does.
  var pruning: SweepPruning?
  /// When it is to stop with its next evaluation, in seconds of ``Uptime``.
  var deadline: Double?
  /// The seconds that the trial may train for, over all attempts; `nil` for no limit.
  var timeLimit: Double?

  /// To the other processes that share the trial; `nil` where there are none.
  var ranks: RankChannel?

  private var gate: PruningGate {
    PruningGate(pruning, store: store, experiment: experiment, id: id, deadline: deadline)
  }

  /// - Returns: what the parent is told last.
  func run() -> WorkerMessage {
    let channel = WorkerChannel()
    let stop = StopRequest()
    let verdict: WorkerMessage
    do {
      // What ends all ranks at once is no request to this one.
      try Interrupts.watch(for: ranks == nil ? Interrupts.requests : [RankLaunch.stopSignal]) { _ in
        stop.make()
      }
      try channel.whenClosed { stop.make() }
      verdict = attempt(channel, stop)
    } catch {
      verdict = .stopped(cause: "\(error)")
    }
    // Where this is refused the other ranks are gone already.
    try? ranks?.send(.end)
    channel.send(verdict)
    return verdict
  }

  private func attempt(_ channel: WorkerChannel, _ stop: StopRequest) -> WorkerMessage {
    let writer: any RunWriter
    do {
      writer = try store.open(id, experiment: experiment)
    } catch {
      return verdict(on: error)
    }
    var evaluations = 0
    do {
      return try train(writer, channel, stop, &evaluations)
    } catch let refusal as ContinuationRefused {
      return .refused(reason: refusal.reason)
    } catch StoreError.damaged(let path, let reason) {
      return verdict(on: .damaged(path: path, reason: reason))
    } catch let error as TrainingError where error.isDivergence && gate.prunesDivergence {
      return diverged("\(error)", writer, evaluations)
    } catch {
      let cause = SystemRefusal.cause(of: error)
      let isInterruption = SystemRefusal.isCause(of: error)
      let failure = FailureRecord(error)
      // Where even this cannot be written the parent still hears the cause.
      try? writer.finish(
        .failed(cause, failure, evaluations: evaluations, isInterruption: isInterruption))
      return isInterruption
        ? .stopped(cause: cause, failure: failure) : .failed(cause: cause, failure: failure)
    }
  }

  /// Records that the loss was no number, which the sweep takes for a trial that was given up.
  private func diverged(
    _ cause: String, _ writer: any RunWriter, _ evaluations: Int
  ) -> WorkerMessage {
    do {
      let history = try store.run(id, experiment: experiment)?.history
      let pruning = gate.divergence(cause, after: history)
      let best = history?.best(of: writer.trial.objective).map { ($0.value, $0.point) }
      try writer.finish(
        .pruned(pruning, best: best, evaluations: evaluations, cause: cause))
      return .pruned(pruning)
    } catch {
      return .stopped(cause: "\(error)")
    }
  }

  /// On a record that cannot be worked on.
  private func verdict(on error: StoreError) -> WorkerMessage {
    switch error {
    case .busy(_, let holder): .busy(reason: holder)
    // By another process, since the parent looked.
    case .ended: .finished
    case .damaged: .damaged(reason: "\(error)")
    case .system: .stopped(cause: "\(error)")
    default: .failed(cause: "\(error)")
    }
  }

  private func train(
    _ writer: any RunWriter, _ channel: WorkerChannel, _ stop: StopRequest,
    _ evaluations: inout Int
  ) throws -> WorkerMessage {
    let resumed = try writer.resumePoint
    evaluations = resumed?.history?.rows.count ?? 0
    let sampler = try watch(writer, channel)
    defer { sampler?.finish() }
    channel.send(.opened(.init(attempt: writer.attempt, resumedAfter: resumed?.point)))

    let trial = try Trial(writer.trial, places: places).findingWeights(in: store.root)
    if let ranks { try RankTask(writer.trial, places: places, log: log(writer)).send(to: ranks) }
    let data = try SegmentationData.load(
      trial.dataConfiguration(results: store.root), seed: trial.record.seed,
      cacheBytes: trial.spec.limits.keptImages)
    let training = Result { try makeLoop(trial, data) }
    var provenance = try Provenance.record(
      attempt: writer.attempt, resumedAfter: resumed?.point, threads: threads,
      data: data.fingerprints, input: InputRecord(data.input, trial.spec.data.palette),
      algorithms: (try? training.get())?.algorithms ?? [:],
      specFolder: trial.spec.folder)
    provenance.voxels = data.voxels?.text
    provenance.ranks = ranks?.group.count
    try requireData(of: trial, isResumed: resumed != nil, provenance.data)
    if let resumed { try checkEnvironment(provenance, trial, after: resumed, channel) }
    let continued = try trial.spec.training.continues.flatMap { try $0.contents }
    if resumed == nil, continued == nil, let loop = try? training.get() {
      provenance.weights = try trial.spec.pretrainedWeights?.record(
        for: loop.network, of: trial.spec.template.template)
    }
    try writer.beginAttempt(provenance)

    let loop = try training.get()
    try agree(loop, provenance)
    let origin = continued?.evaluation.step ?? 0
    if let resumed {
      try loop.restore(
        step: resumed.point.step, interval: resumed.checkpoint.progress, origin: origin,
        series: { resumed.history?.values(of: $0) ?? [] },
        values: { resumed.checkpoint.values($0, $1) })
    } else if let continued {
      try loop.restore(step: origin, origin: origin, values: { continued.values($0, $1) })
    }
    let resumedSteps = resumed?.point.step ?? origin
    var ending =
      resumed?.history.map { loop.isOver ? .goesOn : gate.decision(after: $0) } ?? .goesOn
    var recorder = RunRecorder(
      trial, attempt: writer.attempt, history: resumed?.history,
      tensorNames: loop.digestedTensors, stepsPerEpoch: loop.summary.stepsPerEpoch,
      resumedAfter: resumedSteps, input: provenance.input)
    recorder.previews = try PreviewEncoding.begin(loop, after: resumed?.previews)
    loop.endIsAskedFor = { [store, experiment, id, endsAfter] step in
      step == endsAfter || store.endIsAskedFor(id, experiment: experiment)
    }
    var pace = Pace()
    let clock = TrialClock(limit: timeLimit, after: resumed)
    let outcome = try loop.run { event in
      if ending != .goesOn { return .stop }
      switch event {
      case .prepared(let summary, _):
        channel.send(
          .prepared(
            .init(
              summary, resumedSteps: resumedSteps,
              mayStopEarly: trial.spec.training.earlyStopping != nil)))
      case .stepped(let report):
        if pace.isDue() { channel.send(.step(.init(report))) }
        try recorder.record(report, loop.state, in: writer)
      case .evaluating(let progress):
        if pace.isDue() {
          channel.send(.evaluating(.init(done: progress.done, samples: progress.samples)))
        }
      case .evaluationEnded(let report, let state):
        let evaluated = try recorder.record(report, state, previews: loop.previews, in: writer) {
          if !report.isLast { ending = gate.decision(after: $0) }
          return ending != .goesOn
        }
        channel.send(.evaluated(evaluated))
        evaluations += 1
      }
      return stop.isMade || clock.isOver || ending != .goesOn ? .stop : .proceed
    }
    switch outcome {
    case .stopped:
      switch ending {
      case .goesOn:
        try recorder.recordStop(loop.state, after: loop.stepsDone, in: writer)
        guard clock.isOver, !stop.isMade else { return .interrupted }
        try writer.finish(
          .failed(
            clock.cause, clock.failure, evaluations: recorder.history?.rows.count ?? 0,
            isInterruption: true))
        return .stopped(cause: clock.cause, failure: clock.failure)
      case .waits: return .paused
      case .ends(let pruning):
        try writer.finish(recorder.result(pruning: pruning))
        return .pruned(pruning)
      }
    case .finished: try writer.finish(recorder.result())
    case .finishedOnRequest:
      let end = recorder.endOnRequest(loop.summary)
      try writer.finish(recorder.result(earlyStop: end))
      if let end { channel.send(.stoppedEarly(end)) }
    case .finishedEarly(let best):
      let earlyStop = recorder.earlyStop(best: best, loop.summary)
      try writer.finish(recorder.result(earlyStop: earlyStop))
      if let earlyStop { channel.send(.stoppedEarly(earlyStop)) }
    }
    return .finished
  }

  /// Keeps from now on what the attempt says and what it takes of the machine, where the store has files.
  private func watch(
    _ writer: any RunWriter, _ channel: WorkerChannel
  ) throws -> SystemSampler? {
    guard let path = try writer.prepareLog() else { return nil }
    let log = AttemptLog(path: path)
    channel.keep(log)
    return SystemSampler(
      path: store.systemPath(id, experiment: experiment, attempt: writer.attempt),
      every: { log?.keepShort() })
  }

  /// Prepares the training. It uses the algorithms that the run is told to use or has used before, and
  /// otherwise those that the cache of this machine has. Algorithms that have to be measured are added
  /// to the cache.
  private func makeLoop(_ trial: Trial, _ data: SegmentationData) throws -> TrainingLoop {
    var configuration = trial.trainingConfiguration(threads: threads)
    let isBound = configuration.computation.determinism == .machine
    let before = isBound ? try algorithmsBefore() : nil
    let cache = AlgorithmCache.standard
    configuration.computation.knownAlgorithms = before ?? cache.load()
    // A repetition goes where these may not be, and nobody looks at what it predicts of them.
    if algorithms != nil { configuration.evaluation.previews?.unlabelled = [] }
    let loop = try TrainingLoop(configuration, data: data, ranks: ranks)
    if before == nil { cache.add(loop.algorithms) }
    return loop
  }

  private func log(_ writer: any RunWriter) -> String? {
    store.logPath(id, experiment: experiment, attempt: writer.attempt)
  }

  /// Tells the other ranks what the first has chosen, and hears whether they can begin.
  private func agree(_ loop: TrainingLoop, _ provenance: ProvenanceRecord) throws {
    guard let ranks else { return }
    let algorithms = try JSONEncoder().encode(loop.algorithms)
    let facts = try RankFacts(loop, threads: threads, data: provenance.data)
    try ranks.send(.text(String(decoding: algorithms, as: UTF8.self)))
    try facts.agree(over: ranks)
  }

  private func algorithmsBefore() throws -> [String: String]? {
    if let algorithms { return algorithms }
    return try store.run(id, experiment: experiment)?.attempts.first?.algorithms
  }
}

/// Lets ten reports a second through, so that reporting costs nothing.
private struct Pace {
  private var last: ContinuousClock.Instant?

  mutating func isDue() -> Bool {
    let now = ContinuousClock.now
    if let last, now - last < .milliseconds(100) { return false }
    last = now
    return true
  }
}

extension WorkerMessage.Prepared {
  fileprivate init(_ summary: TrainingSummary, resumedSteps: Int, mayStopEarly: Bool) {
    self.init(
      parameters: summary.parameterCount, trainingSamples: summary.trainingSamples,
      validationSamples: summary.validationSamples, steps: summary.steps,
      stepsPerEpoch: summary.stepsPerEpoch, resumedSteps: resumedSteps,
      memory: summary.memory, mayStopEarly: mayStopEarly)
  }
}

extension WorkerMessage.Step {
  fileprivate init(_ report: StepReport) {
    self.init(
      step: report.step, epoch: report.epoch, loss: report.loss,
      imagesPerSecond: report.imagesPerSecond)
  }
}

extension ContinuedRun {
  /// The checkpoint that the training goes on from; `nil` where nobody has looked for it.
  fileprivate var contents: CheckpointContents? {
    get throws {
      guard let location, let sha256 else { return nil }
      return try CheckpointContents(file: location, sha256: sha256)
    }
  }
}
