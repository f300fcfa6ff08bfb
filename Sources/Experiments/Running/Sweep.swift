import Engine
import Foundation
import Tracking

/// All trials of a plan, checked, run and recorded.
struct Sweep {
  let plan: TrialPlan
  let store: FolderStore
  let options: Runner.Options

  init(plan: TrialPlan, store: FolderStore, jobs: Int, retriesFailed: Bool) {
    self.plan = plan
    self.store = store
    options = Runner.Options(
      jobs: min(jobs, plan.trials.count), threads: plan.limits.threads,
      retriesFailed: retriesFailed)
  }

  /// Of each worker.
  var threads: Int { options.threads ?? Runner.share(of: options.jobs) }

  /// Finds what is wrong before anything is recorded: the data, the networks, the results folder.
  ///
  /// - Returns: what is about to happen, in a line.
  func prepare() throws -> String {
    let preflight = Preflight(plan: plan, results: store.root, threads: threads)
    let facts = try preflight.facts()
    try store.checkWritable()
    try preflight.drawScenes()
    let together = options.jobs > 1 ? ", \(options.jobs) at a time" : ""
    return "\(plan.experiment): \(Units.count(plan.trials.count, "trial"))\(together), "
      + "\(Units.count(threads, "thread")) each, \(facts.steps.text { Units.count($0) }) steps, "
      + facts.memoryBytes.text(Units.bytes)
  }

  func run(_ report: (RunnerEvent) -> Void) throws -> Runner.Summary {
    try Runner(TrialLedger(trials: plan.trials, store: store), options: options).run(report)
  }
}
