internal import Datasets
import Foundation
import Tracking

/// All trials of a plan, to be checked, run and recorded.
struct Sweep {
  let inspected: InspectedPlan
  let store: FolderStore
  /// Trials at a time; `nil` leaves the choice to the program.
  var jobs: Int?
  var retriesFailed = false
  /// True where runs go on whatever they were begun with.
  var acceptsAnyMachine = false
  var machine = Machine.current

  var plan: TrialPlan { inspected.plan }

  /// What is known of a sweep before anything is recorded.
  struct Survey {
    let facts: PlanFacts
    /// The trials that are left to run.
    let toRun: [Trial]
    let jobs: JobPlan
  }

  /// Compiles the networks, counts the memory, and decides how many trials run at a time.
  ///
  /// - Throws: what is wrong with the data or the networks.
  func survey(_ toRun: [Trial], threadsBefore: Int? = nil) throws -> Survey {
    let preflight = Preflight(inspected: inspected, results: store.root)
    try preflight.checkTrainings()
    func jobs(_ facts: PlanFacts?) -> JobPlan {
      let memory = facts?.memoryReport(of: toRun).workers
      let request = JobPlan.Request(
        memory: memory ?? toRun.map { _ in 0 }, jobs: self.jobs,
        threads: plan.limits.threads.map { .spec($0) } ?? threadsBefore.map { .before($0) },
        ranks: plan.limits.ranks ?? 1)
      return JobPlan(request, on: machine)
    }
    // Memory depends a little on the threads, and the threads on the memory where it is scarce.
    var chosen = jobs(nil)
    let warnings = preflight.warnings()
    while true {
      var facts = try preflight.facts(threads: chosen.threads)
      facts.warnings = warnings
      let next = jobs(facts)
      if next.threads <= chosen.threads { return Survey(facts: facts, toRun: toRun, jobs: next) }
      chosen = next
    }
  }

  /// Finds what is wrong before anything is recorded: the records, the data, the networks, the
  /// memory, the results folder.
  func prepare() throws -> PreparedSweep {
    let agenda = try TrialLedger(
      trials: plan.trials, store: store, settled: plan.settled, pruning: plan.pruning,
      timeLimit: plan.limits.time?.seconds
    ).agenda(retriesFailed: retriesFailed)
    // What is done needs no data any more.
    let earlier = EarlierRecords(
      plan, try store.runs(of: plan.experiment), root: store.root)
    guard !agenda.toRun.isEmpty else {
      return PreparedSweep(sweep: self, survey: nil, earlier: earlier)
    }
    let survey = try survey(agenda.toRun, threadsBefore: agenda.threads)
    if let limit = plan.limits.memory {
      try survey.facts.memoryReport(of: agenda.toRun).require(atMost: limit)
    }
    try RankLaunch.check(ranks: plan.limits.ranks ?? 1)
    try store.checkWritable()
    ScratchStore.removeLeftovers(beside: store.root)
    try Preflight(inspected: inspected, results: store.root).drawScenes()
    return PreparedSweep(sweep: self, survey: survey, earlier: earlier)
  }
}

extension Sweep {
  /// The same, with its trials recorded as the experiment's plan.
  func recorded() throws -> PreparedSweep {
    let prepared = try prepare()
    try store.recordPlan(
      plan.wholePlan ?? plan.trials.map(\.id), of: plan.experiment, objective: plan.objective)
    return prepared
  }
}

/// A sweep that nothing is wrong with.
struct PreparedSweep {
  let sweep: Sweep
  /// `nil` where nothing is left to run.
  let survey: Sweep.Survey?
  let earlier: EarlierRecords

  var plan: TrialPlan { sweep.plan }
  var store: FolderStore { sweep.store }

  /// What is about to happen, in a line.
  ///
  /// - Parameter places: where trials train; by default the jobs of this machine.
  func headline(_ places: String? = nil) -> String {
    let trials =
      plan.expected > plan.trials.count
      ? "\(Units.count(plan.trials.count)) of \(Units.count(plan.expected, "trial")) are known"
      : Units.count(plan.trials.count, "trial")
    guard let survey else { return "\(plan.experiment): \(trials), none left to run" }
    let left = survey.toRun.count
    return "\(plan.experiment): \(trials)"
      + (left < plan.trials.count ? ", \(Units.count(left)) left" : "")
      + ", \(places ?? "\(survey.jobs)"); \(survey.facts.stepsText) steps, "
      + "\(survey.facts.memoryBytes.text(Units.bytes)) each"
  }

  /// Where the jobs may take more memory than is free.
  var warning: String? {
    guard let survey else { return nil }
    let jobs = survey.jobs.jobs
    let together =
      survey.facts.memoryReport(of: survey.toRun).workers.sorted(by: >).prefix(jobs)
      .reduce(0, +) * survey.jobs.ranks
    guard together > sweep.machine.freeMemory else { return nil }
    let subject = jobs == 1 ? "a trial takes" : "\(jobs) trials at a time take"
    let remedy = jobs == 1 ? "a smaller training.batch_size or data.size" : "fewer --jobs"
    return "warning: \(subject) about \(Units.bytes(together)) of memory, but "
      + "\(Units.bytes(sweep.machine.freeMemory)) are free: close other programs, or use \(remedy)"
  }

  /// - Parameter deadline: from when on no trial is begun or goes on, in seconds of ``Uptime``; `nil` for no end.
  func run(
    until deadline: Double? = nil, share: TaskShare = .whole, _ report: (RunnerEvent) -> Void
  ) throws -> Runner.Summary {
    var options = Runner.Options(
      retriesFailed: sweep.retriesFailed, share: share,
      acceptsAnyMachine: sweep.acceptsAnyMachine)
    options.deadline = deadline
    let limits = plan.limits
    (options.timeLimit, options.memoryLimit) = (limits.time?.seconds, limits.memory)
    options.ranks = limits.ranks ?? 1
    options.heartbeat = (limits.heartbeat ?? LimitsSection.standardHeartbeat).seconds
    options.policies = limits.onFailure ?? .standard
    if let jobs = survey?.jobs {
      (options.jobs, options.threads) = (jobs.jobs, jobs.threads)
      options.coreMasks = jobs.coreMasks(on: sweep.machine) ?? []
    }
    return try Runner(
      TrialLedger(
        trials: plan.trials, store: store, settled: plan.settled, pruning: plan.pruning,
        timeLimit: limits.time?.seconds),
      options: options
    ).run(report)
  }
}
