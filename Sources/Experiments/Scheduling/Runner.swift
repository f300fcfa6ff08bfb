internal import Datasets
import Foundation
internal import Groundwork
import Measurements
import Tracking
internal import Training

/// Runs trials, each in a worker process of its own, so that whatever happens to one is recorded
/// and does not stop the others.
///
/// Everything happens on the thread that called ``run(_:)``: workers and signals post to one
/// mailbox, and it alone decides.
final class Runner {
  private let ledger: TrialLedger
  private let options: Options
  private let mailbox = Mailbox<Letter>()
  private var waiting: [Trial] = []
  /// What is known of the trials, where some are ended for others.
  private var board: PruningBoard?
  /// Where workers read what ends trials for others; goes with its owner.
  private var pruningFolder: ScratchStore?
  private var workers: [String: RunningTrial] = [:]
  /// How many workers have been started.
  private var started = 0
  private var responses: FailureResponses
  private var sinceLook = Stopwatch()
  /// The core masks that no worker has.
  private var freeMasks: [CoreMask]
  private var summary = Summary()

  init(_ ledger: TrialLedger, options: Options) {
    (self.ledger, self.options) = (ledger, options)
    freeMasks = options.coreMasks
    responses = FailureResponses(options.policies)
  }

  private enum Letter: Sendable {
    case line(id: String, Data)
    case ended(id: String, ChildProcess.End)
    case stop
  }

  /// Trains every trial that needs it. After a first request to stop (Ctrl-C), workers finish
  /// their step and no trial is started; after a second one they are killed.
  func run(_ report: (RunnerEvent) -> Void) throws -> Summary {
    let agenda = try ledger.agenda(retriesFailed: options.retriesFailed, share: options.share)
    // Where trials are compared with each other, their order is what decides.
    waiting = agenda.board == nil ? options.share.order(agenda.toRun) : agenda.toRun
    board = agenda.board
    summary.outcomes = agenda.outcomes
    try writePruning()
    report(.skipped(agenda.skipped))
    let mailbox = mailbox
    try Interrupts.watch { _ in mailbox.post(.stop) }

    while true {
      try concludePruned(report)
      while summary.mayStart, workers.count < options.jobs, let trial = next() {
        report(.started(trial.label))
        if let outcome = try unlessRefused({ try start(trial) }) {
          // Another process may have ended it meanwhile.
          learn(trial)
          summary.outcomes[trial.id] = outcome
          report(.ended(trial.label, outcome))
        }
      }
      guard !workers.isEmpty else { return concluded() }
      let letter = mailbox.receive(within: WorkerWatch.interval)
      lookAtWorkers(report)
      switch letter {
      case nil: break
      case .line(let id, let line): hear(line, of: id, report)
      case .ended(let id, let end): conclude(id, end, report)
      case .stop: stop(report)
      }
    }
  }

  // MARK: - What is trained next

  /// Takes the trial that is begun next; `nil` where all that are left wait for others, or for time.
  private func next() -> Trial? {
    guard !waiting.isEmpty else { return nil }
    if isTimeOver {
      summary.isOutOfTime = true
      return nil
    }
    guard board != nil else { return waiting.removeFirst() }
    var first: Int?
    for index in waiting.indices where board?.decision(of: waiting[index].id) == .goesOn {
      if let best = first, board?.goesBefore(waiting[index].id, waiting[best].id) != true {
        continue
      }
      first = index
    }
    return first.map { waiting.remove(at: $0) }
  }

  private var isTimeOver: Bool {
    options.deadline.map { Uptime.seconds >= $0 } ?? false
  }

  /// Ends the trials of which it has been decided while they had no worker.
  private func concludePruned(_ report: (RunnerEvent) -> Void) throws {
    guard board != nil, summary.refusal == nil else { return }
    for trial in waiting {
      guard case .ends(let pruning)? = board?.decision(of: trial.id) else { continue }
      guard let outcome = try unlessRefused({ try ledger.prune(trial, pruning) }) else { continue }
      waiting.removeAll { $0.id == trial.id }
      summary.outcomes[trial.id] = outcome
      report(.ended(trial.label, outcome))
    }
  }

  /// How the sweep ended, with what is left of it.
  private func concluded() -> Summary {
    for trial in waiting {
      if case .waits(let number)? = board?.decision(of: trial.id) {
        summary.waits[trial.id] = number
      }
    }
    return summary
  }

  /// What ends trials for others goes to a file, since it is long.
  private func writePruning() throws {
    guard let pruning = ledger.pruning, !waiting.isEmpty else { return }
    let folder = try ScratchStore(for: "pruning", beside: ledger.store.root)
    try pruning.write(to: Self.pruningFile(in: folder))
    pruningFolder = folder
  }

  private static func pruningFile(in folder: ScratchStore) -> String {
    "\(folder.store.root)/pruning.json"
  }

  /// A full disk, or no room for another process, does not end those that run.
  private func unlessRefused(_ body: () throws -> TrialOutcome?) throws -> TrialOutcome? {
    do {
      return try body()
    } catch let refusal where SystemRefusal.isCause(of: refusal) {
      let cause = SystemRefusal.cause(of: refusal)
      summary.refusal = cause
      return .stopped(cause: cause)
    }
  }

  /// - Returns: how the trial ended where no worker is needed for that.
  private func start(_ trial: Trial) throws -> TrialOutcome? {
    let beginning = try ledger.begin(trial)
    if let outcome = beginning.outcome { return outcome }
    let threads = beginning.threads ?? options.threads
    let mask = freeMasks.popLast()
    // A run that goes on with more threads than there are cores in its mask is not bound.
    let cores = mask.flatMap { threads * options.ranks <= $0.cores.count ? $0 : nil }
    let environment = WorkerEnvironment.launch(
      threads: threads, inheriting: ProcessInfo.processInfo.environment)
    let (id, mailbox) = (trial.id, mailbox)
    let process = try ChildProcess.start(
      options.executable,
      WorkerInvocation.arguments(
        for: trial, results: ledger.store.root, threads: threads, ranks: options.ranks,
        pruning: pruningFolder.map(Self.pruningFile), deadline: options.deadline,
        timeLimit: options.timeLimit)
        + (options.acceptsAnyMachine ? ["--any-machine"] : []),
      environment: environment, cores: cores,
      stopSignal: options.ranks > 1 ? RankLaunch.stopSignal : SIGTERM,
      line: { mailbox.post(.line(id: id, $0)) },
      ended: { mailbox.post(.ended(id: id, $0)) })
    started += 1
    workers[id] = RunningTrial(trial, process, mask: mask, number: started, options)
    return nil
  }

  private func hear(_ line: Data, of id: String, _ report: (RunnerEvent) -> Void) {
    guard let message = try? WorkerMessage(encoded: line), var worker = workers[id] else { return }
    worker.hear(message)
    if case .evaluated = message { learn(worker.trial) }
    workers[id] = worker
    report(.told(worker.trial.label, message))
  }

  private func conclude(_ id: String, _ end: ChildProcess.End, _ report: (RunnerEvent) -> Void) {
    guard let worker = workers.removeValue(forKey: id) else { return }
    if let mask = worker.mask { freeMasks.append(mask) }
    learn(worker.trial)
    // One that waits where it was begun has found records that were here before gone: it would do so forever.
    let isStuck = worker.evaluation == nil && !isTimeOver
    if worker.isPaused, summary.mayStart, !isStuck {
      waiting.append(worker.trial)
      report(.paused(worker.trial.label))
      return
    }
    let outcome =
      worker.verdict ?? (worker.isPaused ? .interrupted : verdict(on: worker, end))
    guard !goesOnAtOnce(worker, outcome, report) else { return }
    summary.outcomes[id] = outcome
    report(.ended(worker.trial.label, outcome))
  }

  /// Does about a failure what its policy says.
  private func goesOnAtOnce(
    _ worker: RunningTrial, _ outcome: TrialOutcome, _ report: (RunnerEvent) -> Void
  ) -> Bool {
    guard summary.mayStart, let kind = outcome.failure?.kind else { return false }
    let trial = worker.trial
    switch responses.response(to: kind, of: trial.id, begunAfter: worker.beginning) {
    case .leave: return false
    case .stop:
      summary.failure = (trial.label, kind)
      report(.ending(trial.label, kind))
      for other in workers.values { other.process.askToStop() }
      return false
    case .again(let count):
      waiting.insert(trial, at: 0)
      report(.again(trial.label, outcome, count: count))
      return true
    }
  }

  private func lookAtWorkers(_ report: (RunnerEvent) -> Void) {
    let seconds = sinceLook.seconds
    guard seconds >= WorkerWatch.interval else { return }
    sinceLook = Stopwatch()
    for id in workers.keys.sorted() {
      if let event = workers[id]?.look(after: seconds) { report(event) }
    }
  }

  /// What a trial has reached may decide for others.
  private func learn(_ trial: Trial) {
    guard board != nil else { return }
    board?.learn(
      try? ledger.store.run(trial.id, experiment: trial.record.experiment), of: trial.id)
  }

  /// A worker that said nothing of its end: it was told to stop, or it crashed.
  private func verdict(on worker: RunningTrial, _ end: ChildProcess.End) -> TrialOutcome {
    guard summary.stopRequests == 0, summary.failure == nil else { return .interrupted }
    let (failure, words) = worker.failure(end)
    let cause = ledger.record(
      failure, words, of: worker.trial, attempt: worker.attempt, after: worker.evaluation)
    return .stopped(cause: cause, failure: failure)
  }

  private func stop(_ report: (RunnerEvent) -> Void) {
    summary.stopRequests += 1
    for worker in workers.values {
      if summary.stopRequests == 1 {
        worker.process.askToStop()
      } else {
        worker.process.send(SIGKILL)
      }
    }
    if summary.stopRequests == 1 { report(.stopping) }
  }
}

extension Trial {
  var label: TrialLabel { TrialLabel(number: record.number, id: id, name: name) }
}
