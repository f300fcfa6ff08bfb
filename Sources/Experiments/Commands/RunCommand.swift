import ArgumentParser
internal import Datasets
import Foundation
import Tracking

/// Trains every trial of a spec, or goes on where it was stopped, and compares the runs.
struct RunCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Train every trial of a spec that is not done yet, then compare the runs.",
    discussion: """
      experiments run experiments/quickstart.yaml
      experiments run experiments/quickstart.yaml --jobs 2 --set training.epochs=3
      experiments run experiments/quickstart.yaml --on-end 'notify-send "training is over"'
      experiments run experiments/quickstart.yaml --executor slurm --jobs 8 --sbatch=--partition=long

      With --smoke every point of the sweep goes through two steps, an evaluation, a checkpoint and a \
      reproduction, in a folder that is gone afterwards: what would fail tonight fails now.

      With --executor slurm the trials train in the tasks of a job array, on machines that share the folders of \
      this one. limits.threads (4 where it is not written) are the cores of a task. The command follows the job; Ctrl-C leaves it to the cluster, and the same command follows it \
      again.

      Records go where 'experiments ls' looks for them, see --results.

      Ctrl-C stops after the current step; the same command continues, to the same bytes.
      """)

  @OptionGroup var spec: SpecOptions
  @OptionGroup var results: ResultsOption
  @OptionGroup var strictness: StrictOption
  @OptionGroup var points: PointsOption

  @Option(help: "Where trials train: on this machine, or in the tasks of a Slurm job array.")
  var executor = Executor.local

  @Option(
    help: """
      Trials to train at a time; they share the processor's cores. By default as many as end first \
      and fit into memory. With --executor slurm the number of tasks, by default at most 8.
      """)
  var jobs: Int?

  @Flag(help: "Try failed trials again, from their last checkpoint.")
  var retry = false

  @Flag(
    help: """
      Go on with runs that were begun with another instruction set or other libraries: they are then \
      neither the one training nor the other, and cannot be reproduced.
      """)
  var anyMachine = false

  @Flag(
    help: "Only try whether every point trains, evaluates and can be reproduced; record nothing.")
  var smoke = false

  @Option(
    name: .customLong("sbatch"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "An option of sbatch for the job, e.g. --sbatch=--partition=long. May be repeated.",
      valueName: "option"))
  var sbatchOptions: [String] = []

  @Flag(help: "Submit the job and leave it to the cluster, without following it.")
  var detach = false

  @Option(
    name: .customLong("on-finish"), parsing: .singleValue,
    help: ArgumentHelp(
      """
      A program with arguments, run once for each trial that ends, with its 'show --json' on standard \
      input; no shell reads it. May be repeated. Default: $EXPERIMENTS_ON_FINISH.
      """,
      valueName: "command"))
  var onFinish: [String] = []

  @Option(
    name: .customLong("on-end"), parsing: .singleValue,
    help: ArgumentHelp(
      """
      The same when nothing is left to train, with 'ls --json' of the trials on standard input. \
      Default: $EXPERIMENTS_ON_END.
      """,
      valueName: "command"))
  var onEnd: [String] = []

  @OptionGroup var color: ColorOption

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1, not \(jobs)") }
    try points.check(spec)
    guard !smoke || !(retry || anyMachine) && onFinish.isEmpty && onEnd.isEmpty else {
      throw ValidationError(
        "--smoke records nothing: leave --retry, --any-machine, --on-finish and --on-end out")
    }
    guard executor == .slurm || sbatchOptions.isEmpty && !detach else {
      throw ValidationError("--sbatch and --detach are for '--executor slurm'")
    }
    guard executor == .local || points.only.isEmpty else {
      throw ValidationError(
        "--only is of this machine: leave '--executor slurm' out, or write the seeds into the spec")
    }
    guard !smoke || executor == .local else {
      throw ValidationError("--smoke is of this machine: leave --executor out")
    }
    guard !detach || onFinish.isEmpty && onEnd.isEmpty else {
      throw ValidationError("--on-finish and --on-end need who follows the job: leave --detach out")
    }
  }

  func run() throws {
    if smoke { return try runSmokeTest() }
    let hooks = try hooks()
    let screen = Screen.standardError()
    var sweep = try prepare(inspected())
    let warnings = sweep.survey?.facts.warnings ?? PlanWarnings(of: sweep.plan)
    try strictness.enforce(warnings)
    warnings.say(on: screen)
    for note in sweep.earlier.notes { screen.print(note) }
    if results.folder.isFound { screen.print("recording in \(results.folder.absolutePath)") }
    if executor == .slurm { return try runOnCluster(sweep, hooks, screen) }
    screen.printWrapped(sweep.headline())
    if let warning = sweep.warning { screen.printWrapped(warning) }
    for line in hooks.lines { screen.printWrapped(line.printable) }
    var progress = Progress(screen: screen, trials: sweep.plan.expected)
    let experiment = sweep.plan.experiment
    let deadline = sweep.plan.limits.totalTime.map { Uptime.seconds + $0.seconds }
    var summary = Runner.Summary()
    while true {
      try summary.add(
        sweep.run(until: deadline) { event in
          progress.show(event)
          if case .ended(let trial, let outcome) = event {
            hooks.trialEnded(trial.id, experiment: experiment, outcome)
          }
          for failure in hooks.newFailures() { screen.printWrapped("warning: \(failure)") }
        })
      // The next batch is decided from the results of this one.
      guard summary.mayGoOn, let grown = try sweep.sweep.inspected.grown(sweep.store) else { break }
      sweep = try prepare(grown)
      progress.goOn()
    }
    progress.finish()
    try conclude(sweep, summary, hooks, screen)
  }

  /// Compares the runs, and says what is left.
  private func conclude(
    _ sweep: PreparedSweep, _ summary: Runner.Summary, _ hooks: Hooks, _ screen: Screen
  ) throws {
    let experiment = sweep.plan.experiment
    let report = try SweepReport(sweep, summary, again: again, results: results.typed)
    if let table = report.comparison { print(table, terminator: "") }
    screen.print(report.notes)
    if summary.stopRequests == 0 {
      hooks.sweepEnded(
        Set(sweep.plan.trials.map(\.id)), experiment: experiment, isDone: report.status == .done)
    }
    hooks.finish()
    for failure in hooks.newFailures() { screen.printWrapped("warning: \(failure)") }
    if report.status != .done { throw Failure(report.status) }
  }

  /// Trains in the tasks of a job array, and follows them.
  private func runOnCluster(
    _ sweep: PreparedSweep, _ hooks: Hooks, _ screen: Screen
  ) throws {
    let cluster = SlurmRun(
      sweep: sweep, spec: try spec.loaded(results.folder),
      extensions: spec.overrides.filter { Extension($0) != nil }, options: sbatchOptions,
      tasks: jobs, screen: screen)
    screen.printWrapped(sweep.headline(cluster.places))
    for line in hooks.lines { screen.printWrapped(line.printable) }
    guard sweep.survey != nil else {
      return try conclude(sweep, try cluster.summary(), hooks, screen)
    }
    let job = try cluster.submit()
    if detach { return screen.print("follow it with:\n  \(again)") }
    var progress = Progress(screen: screen, trials: sweep.plan.expected)
    let followed = try cluster.follow(job) { event in
      progress.show(event)
      if case .ended(let trial, let outcome) = event {
        hooks.trialEnded(trial.id, experiment: sweep.plan.experiment, outcome)
      }
      for failure in hooks.newFailures() { screen.printWrapped("warning: \(failure)") }
    }
    progress.finish()
    guard let followed else {
      hooks.finish()
      screen.print("the job goes on; follow it again with:\n  \(again)")
      screen.print(
        "or end it, every trial to go on from where it stands, with:\n  scancel \(job.number)")
      throw Failure(.interrupted)
    }
    try conclude(followed.sweep, followed.summary, hooks, screen)
  }

  private func runSmokeTest() throws {
    let inspected = try spec.inspected(spec.beginningPlan(results.folder), results.store)
    try strictness.enforce(PlanWarnings(of: inspected.plan))
    let screen = Screen.standardError()
    let smoke = inspected.smoke()
    var progress = Progress(screen: screen, trials: inspected.plan.trials.count)
    let found = try SmokeTest(inspected: smoke, results: results.store.root, jobs: jobs).run(
      headline: { screen.printWrapped($0.headline()) }, { progress.show($0) })
    progress.finish()
    guard let found else { throw Failure(.interrupted, "stopped; nothing is kept of the test") }
    let report = SmokeReport(results: found)
    print(report.text(width: Screen.outputWidth))
    if report.status != .done { throw Failure(report.status) }
  }

  /// A sweep that nothing is wrong with, and whose trials are recorded as the experiment's plan.
  private func prepare(_ inspected: InspectedPlan) throws -> PreparedSweep {
    try Sweep(
      inspected: inspected, store: results.store, jobs: executor == .local ? jobs : 1,
      retriesFailed: retry, acceptsAnyMachine: anyMachine
    ).recorded()
  }

  /// The command that continues this one.
  private var again: String {
    "experiments run \(spec.typed)\(jobs.map { " --jobs \($0)" } ?? "")\(results.typed)"
      + (executor == .local ? "" : " --executor \(executor.rawValue)")
      + sbatchOptions.map { " --sbatch=\(ShellWord.quoted($0))" }.joined()
      + (anyMachine ? " --any-machine" : "") + (strictness.strict ? " --strict" : "")
      + points.only.map { " --only \(ShellWord.quoted($0))" }.joined()
      + onFinish.map { " \(Hooks.finishOption) \(ShellWord.quoted($0))" }.joined()
      + onEnd.map { " \(Hooks.endOption) \(ShellWord.quoted($0))" }.joined()
  }

  /// What the options name, or else the person's own environment.
  private func hooks() throws -> Hooks {
    func commands(_ typed: [String], _ option: String, _ variable: String) throws -> [HookCommand] {
      let own = ProcessInfo.processInfo.environment[variable] ?? ""
      guard typed.isEmpty, !own.isEmpty else {
        return try typed.map { try HookCommand($0, option: option) }
      }
      return [try HookCommand(own, option: "$\(variable)")]
    }
    return try Hooks(
      onFinish: commands(onFinish, Hooks.finishOption, "EXPERIMENTS_ON_FINISH"),
      onEnd: commands(onEnd, Hooks.endOption, "EXPERIMENTS_ON_END"), store: results.store)
  }

  /// Where the data is gone, what is done needs none any more: trials are then taken for the finished
  /// runs that have their settings, if that is all of them.
  private func inspected() throws -> InspectedPlan {
    let plan = try spec.plan(results.folder)
    do {
      return try spec.inspected(plan, results.store, only: points.only)
    } catch let problems as DataDiagnostics {
      let runs = try results.store.runs(of: plan.experiment)
      guard let finished = plan.finished(in: runs) else { throw problems }
      let screen = Screen.standardError()
      screen.print("\(problems)")
      screen.print(
        "warning: since the data cannot be read, these runs are shown as the spec's by their settings "
          + "alone")
      return InspectedPlan(plan: finished, inspections: [])
    }
  }
}
