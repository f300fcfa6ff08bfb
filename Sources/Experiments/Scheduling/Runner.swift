internal import Datasets
import Foundation
import Measurements
import Tracking
internal import Training

/// Runs trials, each in a worker process of its own, so that whatever happens to one is recorded
/// and does not stop the others.
///
/// Everything happens on the thread that called ``run(_:)``: workers and signals post to one
/// mailbox, and it alone decides.
final class Runner {
  struct Options: Sendable {
    /// The number of workers that run at a time.
    var jobs = 1
    /// The number of threads of each worker, unless its run was begun with another number.
    var threads = 1
    /// The cores of each job; empty where workers are not bound.
    var coreMasks: [CoreMask] = []
    /// True where failed trials are tried again.
    var retriesFailed = false
    /// True where runs go on whatever they were begun with.
    var acceptsAnyMachine = false
    /// The program that has the `worker` command: this one, even if its file has been replaced.
    var executable = "/proc/self/exe"
  }

  /// How a sweep ended.
  struct Summary: Sendable {
    /// The outcomes, by the trial's id; trials that were not started have none.
    var outcomes: [String: TrialOutcome] = [:]
    /// The number of requests to stop that came.
    var stopRequests = 0
    /// What the system refused this process, which therefore started no more trials.
    var refusal: String?

    /// Takes in how the trials of the next batch ended.
    mutating func add(_ next: Summary) {
      outcomes.merge(next.outcomes) { $1 }
      stopRequests += next.stopRequests
      refusal = refusal ?? next.refusal
    }

    /// True where nothing keeps further trials from being started.
    var mayGoOn: Bool { stopRequests == 0 && refusal == nil }
  }

  private let ledger: TrialLedger
  private let options: Options
  private let mailbox = Mailbox<Letter>()
  private var waiting: ArraySlice<Trial> = []
  private var workers: [String: Running] = [:]
  /// The core masks that no worker has.
  private var freeMasks: [CoreMask]
  private var summary = Summary()

  init(_ ledger: TrialLedger, options: Options) {
    (self.ledger, self.options) = (ledger, options)
    freeMasks = options.coreMasks
  }

  private enum Letter: Sendable {
    case line(id: String, Data)
    case ended(id: String, ChildProcess.End)
    case stop
  }

  /// A trial that runs.
  private struct Running {
    let trial: Trial
    let process: ChildProcess
    /// The core mask that is kept for this worker, whether the worker is bound to it or not.
    let mask: CoreMask?
    var attempt: Int?
    /// The last evaluation that the worker reported.
    var evaluation: EvaluationPoint?
    /// What the worker itself said of its end.
    var verdict: TrialOutcome?
  }

  /// Trains every trial that needs it. After a first request to stop (Ctrl-C), workers finish
  /// their step and no trial is started; after a second one they are killed.
  func run(_ report: (RunnerEvent) -> Void) throws -> Summary {
    let agenda = try ledger.agenda(retriesFailed: options.retriesFailed)
    waiting = agenda.toRun[...]
    summary.outcomes = agenda.outcomes
    report(.skipped(agenda.skipped))
    let mailbox = mailbox
    try Interrupts.watch { _ in mailbox.post(.stop) }

    while true {
      while summary.stopRequests == 0, summary.refusal == nil, workers.count < options.jobs,
        let trial = waiting.popFirst()
      {
        report(.started(trial.label))
        if let outcome = try startUnlessRefused(trial) {
          summary.outcomes[trial.id] = outcome
          report(.ended(trial.label, outcome))
        }
      }
      guard !workers.isEmpty else { return summary }
      switch mailbox.receive() {
      case .line(let id, let line): hear(line, of: id, report)
      case .ended(let id, let end): conclude(id, end, report)
      case .stop: stop(report)
      }
    }
  }

  /// A full disk, or no room for another process, does not end those that run.
  private func startUnlessRefused(_ trial: Trial) throws -> TrialOutcome? {
    do {
      return try start(trial)
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
    let cores = mask.flatMap { threads <= $0.cores.count ? $0 : nil }
    let environment = WorkerEnvironment.launch(
      threads: threads, inheriting: ProcessInfo.processInfo.environment)
    let (id, mailbox) = (trial.id, mailbox)
    let process = try ChildProcess.start(
      options.executable,
      WorkerInvocation.arguments(for: trial, results: ledger.store.root, threads: threads)
        + (options.acceptsAnyMachine ? ["--any-machine"] : []),
      environment: environment, cores: cores,
      line: { mailbox.post(.line(id: id, $0)) },
      ended: { mailbox.post(.ended(id: id, $0)) })
    workers[id] = Running(trial: trial, process: process, mask: mask)
    return nil
  }

  private func hear(_ line: Data, of id: String, _ report: (RunnerEvent) -> Void) {
    guard let message = try? WorkerMessage(encoded: line), var worker = workers[id] else { return }
    switch message {
    case .opened(let opened): worker.attempt = opened.attempt
    case .evaluated(let evaluated): worker.evaluation = evaluated.point
    case .finished: worker.verdict = .finished
    case .interrupted: worker.verdict = .interrupted
    case .failed(let cause): worker.verdict = .failed(cause: cause)
    case .stopped(let cause): worker.verdict = .stopped(cause: cause)
    case .damaged(let reason): worker.verdict = .damaged(reason: reason)
    case .refused(let reason): worker.verdict = .refused(reason: reason)
    case .busy(let reason): worker.verdict = .busy(reason: reason)
    case .prepared, .step, .evaluating, .stoppedEarly, .warning: break
    }
    workers[id] = worker
    report(.told(worker.trial.label, message))
  }

  private func conclude(_ id: String, _ end: ChildProcess.End, _ report: (RunnerEvent) -> Void) {
    guard let worker = workers.removeValue(forKey: id) else { return }
    if let mask = worker.mask { freeMasks.append(mask) }
    let outcome = worker.verdict ?? verdict(on: worker, end)
    summary.outcomes[id] = outcome
    report(.ended(worker.trial.label, outcome))
  }

  /// A worker that said nothing of its end: it was told to stop, or it crashed.
  private func verdict(on worker: Running, _ end: ChildProcess.End) -> TrialOutcome {
    guard summary.stopRequests == 0 else { return .interrupted }
    let cause = ledger.recordCrash(
      of: worker.trial, attempt: worker.attempt, end: end, after: worker.evaluation)
    return .stopped(cause: cause)
  }

  private func stop(_ report: (RunnerEvent) -> Void) {
    summary.stopRequests += 1
    for worker in workers.values {
      worker.process.send(summary.stopRequests == 1 ? SIGTERM : SIGKILL)
    }
    if summary.stopRequests == 1 { report(.stopping) }
  }
}

extension Trial {
  var label: TrialLabel { TrialLabel(number: record.number, id: id, name: name) }
}
