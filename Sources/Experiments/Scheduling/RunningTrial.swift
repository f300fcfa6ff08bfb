import Foundation
internal import Groundwork
import Measurements
import Tracking

/// A trial that has a worker.
struct RunningTrial {
  let trial: Trial
  let process: ChildProcess
  /// The core mask that is kept for this worker, whether the worker is bound to it or not.
  let mask: CoreMask?
  private(set) var attempt: Int?
  /// The steps that were done before the attempt; `nil` where it has not got that far.
  private(set) var beginning: Int?
  /// The last evaluation that the worker reported.
  private(set) var evaluation: EvaluationPoint?
  /// What the worker itself said of its end.
  private(set) var verdict: TrialOutcome?
  /// True where it goes on later.
  private(set) var isPaused = false
  /// Why this process has ended the worker; `nil` where it has not.
  private var ending: (failure: FailureRecord, cause: String)?
  private var watch: WorkerWatch
  private let group: MemoryGroup?
  private let memoryLimit: Int?
  private let ranks: Int
  private let memoryKills = MemoryKills.current
  private let memoryKillsBefore: [Int]

  /// - Parameters:
  ///   - number: one that no other worker of this process has.
  ///   - options: what its worker may take, and when it counts as hung.
  init(
    _ trial: Trial, _ process: ChildProcess, mask: CoreMask?, number: Int, _ options: Runner.Options
  ) {
    (self.trial, self.process, self.mask) = (trial, process, mask)
    (memoryLimit, ranks) = (options.memoryLimit, options.ranks)
    let made = options.memoryLimit.flatMap {
      MemoryGroup(limit: $0 * options.ranks, number: number)
    }
    group = made?.take(process.identifier) == true ? made : nil
    // What the kernel sees to need not be looked at.
    watch = WorkerWatch(
      heartbeat: options.heartbeat, memory: group == nil ? options.memoryLimit : nil)
    memoryKillsBefore = memoryKills.counts
  }

  mutating func hear(_ message: WorkerMessage) {
    watch.hear()
    switch message {
    case .opened(let opened):
      (attempt, beginning) = (opened.attempt, opened.resumedAfter?.step ?? 0)
    case .evaluated(let evaluated): evaluation = evaluated.point
    case .finished: verdict = .finished
    case .pruned(let pruning): verdict = .pruned(reason: pruning.reason)
    case .paused: isPaused = true
    case .interrupted: verdict = .interrupted
    case .failed(let cause, let failure): verdict = .failed(cause: cause, failure: failure)
    case .stopped(let cause, let failure): verdict = .stopped(cause: cause, failure: failure)
    case .damaged(let reason): verdict = .damaged(reason: reason)
    case .refused(let reason): verdict = .refused(reason: reason)
    case .busy(let reason): verdict = .busy(reason: reason)
    case .prepared, .step, .evaluating, .stoppedEarly, .warning: break
    }
  }

  /// Looks at the worker from outside, and ends it where it does not move or takes too much memory.
  ///
  /// - Parameter seconds: since the look before.
  mutating func look(after seconds: Double) -> RunnerEvent? {
    guard ending == nil else {
      // It had a moment to write its stack trace.
      process.send(SIGKILL)
      return nil
    }
    let look =
      ranks > 1 ? ProcessLook(family: process.identifier) : ProcessLook(process.identifier)
    guard let found = look else { return nil }
    switch watch.look(at: found, after: seconds) {
    case nil: return nil
    case .stopped(let seconds):
      return .standing(trial.label, process: Int(process.identifier), seconds: seconds)
    case .hung(let seconds):
      ending = (
        FailureRecord(.hung),
        "hung: it said and did nothing for \(Units.duration(seconds)) (limits.heartbeat), and was ended"
      )
      process.send(SIGABRT)
    case .tooLarge(let bytes):
      let limit = memoryLimit.map(Units.bytes) ?? ""
      ending = (
        FailureRecord(.outOfMemory),
        "out of memory: it took \(Units.bytes(bytes)), more than limits.memory, \(limit), and was ended"
      )
      process.send(SIGKILL)
    }
    return nil
  }

  /// Why a worker ended that said nothing of its end.
  func failure(_ end: ChildProcess.End) -> (failure: FailureRecord, cause: String) {
    if let ending { return ending }
    let end = ranks > 1 ? end.ofRank : end
    let hasTakenTooMuch = group?.hasEndedOne == true
    let isShort =
      hasTakenTooMuch || zip(memoryKills.counts, memoryKillsBefore).contains { $0 > $1 }
    let failure = FailureRecord(end, isShortOfMemory: isShort)
    guard failure.kind == .outOfMemory else { return (failure, "\(end)") }
    guard hasTakenTooMuch, let memoryLimit else {
      return (failure, "out of memory: the system has no more for it")
    }
    return (
      failure,
      "out of memory: it took more than limits.memory, \(Units.bytes(memoryLimit)), and was ended by the kernel"
    )
  }
}
