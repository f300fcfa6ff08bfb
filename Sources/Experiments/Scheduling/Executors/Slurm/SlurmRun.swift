internal import Datasets
import Foundation
internal import Tracking

/// A sweep whose trials train on a Slurm cluster: it is submitted from here, and followed by its records.
struct SlurmRun {
  let sweep: PreparedSweep
  let spec: LoadedSpec
  /// `training.epochs=+20` as it was typed, where trials go on from finished runs.
  let extensions: [String]
  /// Further options of `sbatch`.
  let options: [String]
  /// How many tasks are wanted at most.
  let tasks: Int?
  let screen: Screen
  var client = SlurmClient()
  /// Seconds from one look to the next.
  var interval = 3.0

  private static let mostTasks = 8
  private static let standardCores = 4

  private var plan: TrialPlan { sweep.plan }
  private var root: String {
    Path.absolute(sweep.store.root, in: FileManager.default.currentDirectoryPath)
  }
  private var cores: Int { plan.limits.threads ?? Self.standardCores }

  /// No more tasks than trials that are left, those included that are not known yet.
  private var taskCount: Int {
    let left = (sweep.survey?.toRun.count ?? 0) + plan.expected - plan.trials.count
    return max(1, min(tasks ?? Self.mostTasks, left))
  }

  /// "4 tasks of a Slurm job on 2 threads each".
  var places: String {
    "\(Units.count(taskCount, "task")) of a Slurm job on \(Units.count(cores, "thread"))"
      + (taskCount == 1 ? "" : " each")
  }

  /// A job that was submitted.
  struct Job {
    let number: String
    let stored: SlurmLaunch.Stored
  }
}

// MARK: - Submitting

extension SlurmRun {
  /// Submits the tasks, unless a job of the sweep is in the queue already.
  func submit() throws -> Job {
    if let job = try jobInQueue() {
      screen.printWrapped(
        "job \(job.number) trains this experiment already: it is followed, and no other is submitted"
      )
      return job
    }
    let written = try spec.plan()
    let launch = SlurmLaunch(
      experiment: plan.experiment, results: root, spec: try frozenSpec(written), tasks: taskCount,
      cores: cores, retriesFailed: sweep.sweep.retriesFailed,
      acceptsAnyMachine: sweep.sweep.acceptsAnyMachine,
      program: try Provenance.executableDigest())
    try requireSameTrials(launch, as: written)
    let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let (folder, script) = try launch.store(executable: executable)
    let request = SlurmRequest(
      experiment: plan.experiment, tasks: taskCount, cores: cores,
      ranks: plan.limits.ranks ?? 1, memory: memory,
      options: options)
    let number: String
    do {
      number = try client.submit(request.arguments(folder: folder, script: script))
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw error
    }
    try SlurmLaunch.note(job: number, in: folder)
    let stored = SlurmLaunch.Stored(launch: launch, folder: folder, job: number)
    screen.printWrapped("submitted as Slurm job \(number); what its tasks say: \(stored.log(0))")
    return Job(number: number, stored: stored)
  }

  private func jobInQueue() throws -> Job? {
    for stored in SlurmLaunch.submitted(plan.experiment, results: root) {
      guard let number = stored.job else { continue }
      guard let tasks = try client.tasks(of: number) else {
        throw Failure(
          .damagedStore,
          "error: squeue does not answer, and job \(number) may train this experiment: try again when the "
            + "cluster does, or see 'sinfo'")
      }
      if !tasks.isEmpty { return Job(number: number, stored: stored) }
    }
    return nil
  }

  /// The spec as it was written; with base files and options, as `config` prints it.
  private func frozenSpec(_ plan: TrialPlan) throws -> SlurmLaunch.Spec {
    var text = spec.source.text
    if !spec.bases.isEmpty || !spec.overrides.assignments.isEmpty {
      text = try ResolvedTree(plan.trials[0], in: plan, of: spec).text(withOrigins: false)
    }
    return SlurmLaunch.Spec(
      name: spec.source.name, folder: spec.folder, text: text, extensions: extensions)
  }

  private func requireSameTrials(_ launch: SlurmLaunch, as plan: TrialPlan) throws {
    let frozen = try launch.loadedSpec().plan()
    guard frozen.trials.map(\.id) == plan.trials.map(\.id) else {
      throw Failure(
        .failed,
        "error: the spec as it is submitted makes other trials, which is a mistake of this program: run "
          + "what 'experiments config' prints of it")
    }
  }

  /// Bytes of the worker that takes most; of `limits.memory`, where that is written.
  private var memory: Int {
    let forecast = sweep.survey.map { $0.facts.memoryReport(of: $0.toRun).workers.max() ?? 0 } ?? 0
    return plan.limits.memory ?? forecast + forecast / 4
  }
}

// MARK: - Following

extension SlurmRun {
  /// What became of the sweep.
  struct Followed {
    let sweep: PreparedSweep
    let summary: Runner.Summary
  }

  /// Tells of every trial that ends until no task is in the queue any more.
  ///
  /// - Returns: `nil` where somebody did not want to follow it any longer.
  func follow(_ job: Job, _ report: (RunnerEvent) -> Void) throws -> Followed? {
    let stops = Mailbox<Int32>()
    try Interrupts.watch { stops.post($0) }
    var inspected = sweep.sweep.inspected
    var known = Set(try agenda(inspected.plan).outcomes.keys)
    let began = ContinuousClock.now
    let before = known.count
    var said = ""
    while true {
      // What has left the queue has recorded what it had to.
      let tasks = try client.tasks(of: job.number)
      while true {
        for (trial, outcome) in try ended(in: inspected.plan, besides: known) {
          known.insert(trial.id)
          report(.ended(trial.label, outcome))
        }
        // The next batch follows from all of these.
        guard known.count == inspected.plan.trials.count,
          let grown = try inspected.grown(sweep.store)
        else { break }
        inspected = grown
      }
      if let tasks, tasks.isEmpty { break }
      let queue = tasks.map { "\(SlurmQueueText($0))" } ?? "the cluster does not answer"
      let pace = Pace(
        done: known.count - before, left: inspected.plan.expected - known.count,
        seconds: (ContinuousClock.now - began) / .seconds(1))
      screen.draw(["job \(job.number): \(queue)  \(pace)"])
      if !screen.isTerminal, queue != said { screen.print("job \(job.number): \(queue)") }
      said = queue
      if stops.receive(within: interval) != nil { return nil }
    }
    screen.clear()
    let prepared = PreparedSweep(
      sweep: Sweep(inspected: inspected, store: sweep.store), survey: sweep.survey,
      earlier: sweep.earlier)
    let summary = try Self.summary(try agenda(inspected.plan))
    if summary.outcomes.values.contains(.interrupted) { sayWhatTasksSaid(job) }
    return Followed(sweep: prepared, summary: summary)
  }

  /// What the records tell of the sweep now.
  func summary() throws -> Runner.Summary { try Self.summary(agenda(plan)) }

  /// Trials that have ended, and how. Of those that ended before, no record is read again, unless trials
  /// are compared with each other.
  private func ended(
    in plan: TrialPlan, besides known: Set<String>
  ) throws -> [(Trial, TrialOutcome)] {
    let left = plan.trials.filter { !known.contains($0.id) }
    let read = plan.pruning == nil ? TrialPlan(plan, trials: left) : plan
    let outcomes = try agenda(read).outcomes
    return left.compactMap { trial in outcomes[trial.id].map { (trial, $0) } }
  }

  private func agenda(_ plan: TrialPlan) throws -> TrialLedger.Agenda {
    try TrialLedger(
      trials: plan.trials, store: sweep.store, settled: plan.settled, pruning: plan.pruning,
      timeLimit: plan.limits.time?.seconds
    ).agenda(retriesFailed: false)
  }

  private static func summary(_ agenda: TrialLedger.Agenda) throws -> Runner.Summary {
    var summary = Runner.Summary()
    summary.outcomes = agenda.outcomes
    for trial in agenda.toRun { summary.outcomes[trial.id] = .interrupted }
    return summary
  }

  /// Where trials are left though no task is, their logs say why.
  private func sayWhatTasksSaid(_ job: Job) {
    for task in 0..<job.stored.launch.tasks {
      let log = job.stored.log(task)
      guard let words = LogTail.read(log) else { continue }
      screen.print("the last words of task \(task), in \(log):")
      screen.print(words.split(separator: "\n").suffix(3).map { "  \($0)" }.joined(separator: "\n"))
    }
  }
}

/// How far a sweep is: "3 of 12 trials, about 5 min left".
private struct Pace: CustomStringConvertible {
  /// Trials that ended while they were watched, and those that are left.
  let done, left: Int
  let seconds: Double

  var description: String {
    let trials = "\(Units.count(max(0, left), "trial")) left"
    guard done > 0, left > 0 else { return trials }
    return "\(trials), about \(Units.duration(seconds / Double(done) * Double(left)))"
  }
}
