internal import Datasets
import Foundation
internal import Tracking

/// One task of a job array: it trains what of its sweep nobody else trains, until nothing is left.
///
/// The tasks share the folder of the records and nothing else. A task that is told to end keeps where its
/// trial stands; Slurm begins it again where it gave way to another job or lost its node, and where it is out
/// of time it puts itself back into the queue.
struct SlurmTask {
  /// The name of the command that is one.
  static let command = "slurm-task"

  let stored: SlurmLaunch.Stored
  var client = SlurmClient()
  var environment = ProcessInfo.processInfo.environment
  /// Seconds after which it looks whether other tasks have ended what it waits for.
  var interval = 10.0

  private var launch: SlurmLaunch { stored.launch }

  /// - Parameter screen: where it tells of its trials.
  func run(on screen: Screen) throws -> ExitStatus {
    guard try Provenance.executableDigest() == launch.program else {
      throw Failure(
        .usage,
        "error: the program was replaced since the job was submitted, and trials of one sweep are to be "
          + "trained by one program: end the job with 'scancel', and submit again")
    }
    // The signal that tells of the time limit would otherwise end the process.
    let stops = Mailbox<Int32>()
    try Interrupts.watch(for: Interrupts.requests + [SIGUSR1]) { stops.post($0) }
    var sweep = try prepare(inspected())
    let deadline = try deadline(sweep.plan.limits)
    var summary = Runner.Summary()
    var progress = Progress(screen: screen, trials: sweep.plan.expected)
    while true {
      try summary.add(sweep.run(until: deadline, share: share) { progress.show($0) })
      guard summary.mayGoOn else { break }
      if let grown = try sweep.sweep.inspected.grown(sweep.store) {
        sweep = try prepare(grown)
        continue
      }
      guard waits(sweep, summary) else { break }
      try Interrupts.watch { stops.post($0) }
      if stops.receive(within: interval) != nil {
        summary.stopRequests += 1
        break
      }
      sweep = try prepare(sweep.sweep.inspected)
    }
    if summary.failure != nil, let job = environment["SLURM_ARRAY_JOB_ID"] {
      // Its policy ends the sweep, and so the other tasks.
      _ = try client.ask("scancel", [job], isQuiet: false)
    }
    guard summary.stopRequests > 0 else {
      return SweepReport.status(of: summary.withoutOthers)
    }
    return try goOnLater()
  }

  /// When the time of the sweep is over, which is counted from the beginning of its first task.
  private func deadline(_ limits: LimitsSection) throws -> Double? {
    guard let time = limits.totalTime?.seconds else { return nil }
    let passed = Date().timeIntervalSince1970 - (try SlurmLaunch.began(in: stored.folder))
    return Uptime.seconds + time - passed
  }

  /// Tells whether more is to be trained once other tasks have ended what they train.
  private func waits(_ sweep: PreparedSweep, _ summary: Runner.Summary) -> Bool {
    let othersTrain = summary.outcomes.values.contains {
      if case .busy = $0 { true } else { false }
    }
    let mayGrow = sweep.plan.trials.count < sweep.plan.expected
    return othersTrain && (mayGrow || !summary.waits.isEmpty)
  }

  /// Slurm itself begins again what gave way or lost its node; what is out of time asks for it.
  private func goOnLater() throws -> ExitStatus {
    guard Interrupts.came(SIGUSR1), let job = environment["SLURM_JOB_ID"] else {
      return .interrupted
    }
    let lives = environment["SLURM_RESTART_COUNT"].flatMap { Int($0) } ?? 0
    guard lives < Self.mostLives, try client.requeue(job) else {
      throw Failure(
        .interrupted,
        "error: the time of the task is over, and it was not put back into the queue: submit again, and "
          + "every trial goes on from where it stands")
    }
    StandardStreams.say("the time of the task is over: it goes on in its next turn\n")
    return .interrupted
  }

  /// A task that never comes to train must not go on for ever.
  private static let mostLives = 1000

  private var share: TaskShare {
    let number = environment["SLURM_ARRAY_TASK_ID"].flatMap { Int($0) } ?? 0
    return TaskShare(number: min(max(0, number), launch.tasks - 1), count: launch.tasks)
  }

  private func inspected() throws -> InspectedPlan {
    let store = FolderStore(root: launch.results)
    let inspected = try launch.loadedSpec().plan().inspected(results: store.root)
      .fullyGrown(store)
    guard let longer = launch.spec.extensions.lazy.compactMap(Extension.init).last else {
      return inspected
    }
    return try inspected.extended(by: longer, in: store)
  }

  private func prepare(_ inspected: InspectedPlan) throws -> PreparedSweep {
    var sweep = Sweep(
      inspected: inspected, store: FolderStore(root: launch.results), jobs: 1,
      retriesFailed: launch.retriesFailed, acceptsAnyMachine: launch.acceptsAnyMachine)
    // Not every cluster binds a task to its cores; ranks have theirs, wherever they are.
    let ranks = inspected.plan.limits.ranks ?? 1
    sweep.machine.share =
      ranks > 1 ? launch.cores * ranks : min(sweep.machine.share, launch.cores)
    return try sweep.recorded()
  }
}

extension Runner.Summary {
  /// What other tasks train is theirs to tell of.
  fileprivate var withoutOthers: Runner.Summary {
    var own = self
    own.outcomes = outcomes.filter { if case .busy = $0.value { false } else { true } }
    own.waits = [:]
    return own
  }
}
