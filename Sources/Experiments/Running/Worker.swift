import Engine
import Foundation
import Tracking

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

  /// - Returns: what the parent is told last.
  func run() -> WorkerMessage {
    let channel = WorkerChannel()
    let stop = StopRequest()
    Interrupts.watch { _ in stop.make() }
    channel.whenClosed { stop.make() }
    let verdict = attempt(channel, stop)
    channel.send(verdict)
    return verdict
  }

  private func attempt(_ channel: WorkerChannel, _ stop: StopRequest) -> WorkerMessage {
    let writer: any RunWriter
    do {
      writer = try store.open(id, experiment: experiment)
    } catch {
      return error.isBusy ? .busy(reason: "\(error)") : .failed(cause: "\(error)")
    }
    var roundsDone = 0
    do {
      return try train(writer, channel, stop, &roundsDone)
    } catch {
      let cause = "\(error)"
      // Where even this cannot be written the parent still hears the cause.
      try? writer.finish(.failed(cause, after: roundsDone))
      return .failed(cause: cause)
    }
  }

  private func train(
    _ writer: any RunWriter, _ channel: WorkerChannel, _ stop: StopRequest,
    _ roundsDone: inout Int
  ) throws -> WorkerMessage {
    let resumed = try writer.resumePoint
    roundsDone = resumed?.round ?? 0
    if let log = try writer.prepareLog() { redirectErrors(to: log) }
    channel.send(.opened(.init(attempt: writer.attempt, resumedAfterRound: roundsDone)))

    let trial = try Trial(writer.trial)
    let data = try SegmentationData.load(
      trial.dataConfiguration(results: store.root), seed: trial.record.seed,
      cacheBytes: trial.spec.limits.cacheMemory ?? Self.standardCache)
    try writer.beginAttempt(
      Provenance.record(
        attempt: writer.attempt, resumedAfterRound: roundsDone, threads: threads,
        data: data.fingerprints, specFolder: trial.spec.folder))

    let loop = try TrainingLoop(trial.trainingConfiguration(threads: threads), data: data)
    if let resumed {
      try loop.restore(round: resumed.round) { resumed.checkpoint.values($0, $1) }
    }
    var recorder = RunRecorder(
      trial, attempt: writer.attempt, history: resumed?.history, classes: data.classes,
      tensorNames: loop.digestedTensors)
    let resumedSteps = resumed?.checkpoint.step ?? 0
    var pace = Pace()
    let outcome = try loop.run { event in
      switch event {
      case .prepared(let summary, _):
        channel.send(.prepared(.init(summary, resumedSteps: resumedSteps)))
      case .stepped(let report):
        if pace.isDue() { channel.send(.step(.init(report))) }
      case .evaluated(let progress):
        if pace.isDue() { channel.send(.evaluation(.init(done: progress.done, samples: progress.samples))) }
      case .roundEnded(let report, let state):
        channel.send(.round(try recorder.record(report, state, in: writer)))
        roundsDone = report.round
      }
      return stop.isMade ? .stop : .proceed
    }
    guard outcome == .finished else { return .interrupted }
    try writer.finish(recorder.result())
    return .finished
  }

  /// What libraries and the Swift runtime say goes to the attempt's log from now on.
  private func redirectErrors(to file: String) {
    let log = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard log >= 0 else { return }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] { dup2(log, descriptor) }
    close(log)
  }

  /// Bytes of decoded images, where the spec's limits do not say.
  private static let standardCache = 2 << 30
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
  fileprivate init(_ summary: TrainingSummary, resumedSteps: Int) {
    self.init(
      parameters: summary.parameterCount, trainingSamples: summary.trainingSamples,
      validationSamples: summary.validationSamples, steps: summary.steps,
      stepsPerEpoch: summary.stepsPerEpoch, rounds: summary.rounds, resumedSteps: resumedSteps,
      memory: summary.memory)
  }
}

extension WorkerMessage.Step {
  fileprivate init(_ report: StepReport) {
    self.init(
      step: report.step, round: report.round, epoch: report.epoch, loss: report.loss,
      imagesPerSecond: report.imagesPerSecond)
  }
}
