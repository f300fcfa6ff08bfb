internal import Datasets
import Tracking

/// Takes every point of a spec through a few steps, an evaluation, a checkpoint and a reproduction, in a folder
/// that is gone afterwards.
struct SmokeTest {
  /// The first step compiles and allocates, the second is like all others.
  static let steps = 2

  /// What ``InspectedPlan/smoke()`` makes of a plan.
  let inspected: InspectedPlan
  /// The folder of the records, beside which the test has its own.
  let results: String
  var jobs: Int?

  /// What became of one trial.
  struct Result: Sendable {
    let trial: Trial
    /// `nil` where it was not begun.
    let outcome: TrialOutcome?
    /// Of its steps and its evaluation, in seconds.
    var training: Double?
    var evaluation: Double?
    /// What its reproduction was found to be; `nil` where there was nothing to reproduce.
    var report: ReproductionReport?

    var isSound: Bool { outcome == .finished && report?.status == .done }
  }

  /// - Parameters:
  ///   - headline: told what is about to happen.
  ///   - report: told what happens.
  /// - Returns: `nil` where it was interrupted.
  func run(
    headline: (PreparedSweep) -> Void, _ report: (RunnerEvent) -> Void
  ) throws -> [Result]? {
    ScratchStore.removeLeftovers(beside: results)
    let owner = try ScratchStore(for: "smoke", beside: results)
    defer { withExtendedLifetime(owner) {} }
    let sweep = try Sweep(inspected: inspected, store: owner.store, jobs: jobs).prepare()
    headline(sweep)
    let summary = try sweep.run(report)
    guard summary.stopRequests == 0 else { return nil }
    var results: [Result] = []
    for trial in sweep.plan.trials {
      var result = Result(trial: trial, outcome: summary.outcomes[trial.id])
      if result.outcome == .finished,
        let run = try owner.store.run(trial.id, experiment: sweep.plan.experiment)
      {
        result.training = run.history?.values(of: "training.seconds")?.reduce(0, +)
        result.evaluation = run.history?.values(of: "validation.seconds")?.reduce(0, +)
        let reproduction = try Reproduction(run, store: owner.store)
        let label = TrialLabel(number: trial.record.number, id: run.id, name: "reproduced")
        report(.started(label))
        var environment: EnvironmentDifference?
        let verdict = try reproduction.verify { event in
          switch event {
          case .environment(let found, _): environment = found
          case .environmentOfDifference, .restored: break
          case .told(let message): report(.told(label, message))
          }
        }
        if case .interrupted = verdict { return nil }
        report(.ended(label, .finished))
        result.report = ReproductionReport(verdict, of: trial.name, environment)
      }
      results.append(result)
    }
    return results
  }
}
