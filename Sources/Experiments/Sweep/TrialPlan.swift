internal import Tracking

/// All trials of a spec, validated, before any of them runs.
struct TrialPlan: Sendable {
  static let maximumTrials = 10_000

  let experiment: String
  let about: String?
  let tags: [String]
  let objective: Objective
  let limits: LimitsSection
  /// Points of the sweep.
  let points: Int
  /// Replicates of each point.
  let seeds: Int
  /// Trials of each replicate; of the point that has most where they differ.
  let folds: Int
  /// By point, then by replicate, then by fold; never empty. Their numbers count from 1.
  let trials: [Trial]
  /// What the spec of each point says and hardly means.
  let warnings: [[SpecDiagnostic]]
  /// What the sweep says and hardly means.
  let sweepWarnings: [SpecDiagnostic]
  /// Where the values of the trials are written.
  let places: PlanPlaces
  /// How further trials follow from the results of these; `nil` where these are all.
  var growth: SweepGrowth? = nil
  /// What ends trials before their time; `nil` where nothing does.
  var pruner: SweepPruner? = nil
  /// The ids of all trials of the sweep, where these are some of them.
  var wholePlan: [String]? = nil
}

extension TrialPlan {
  /// The number of trials that there will be; fewer where the space holds no more.
  var expected: Int {
    guard let growth, points > 0 else { return trials.count }
    return trials.count / points * max(growth.total, points)
  }

  /// The number of trials, from the first on, whose results others were decided from.
  var settled: Int {
    growth.map { growth in trials.count { $0.record.point < growth.settledPoints } } ?? 0
  }

  /// Which trials end before their time, as far as that does not depend on results; `nil` where none does.
  var pruning: SweepPruning? { SweepPruning(self) }

  /// The same plan with other trials in place of its own.
  init(_ plan: TrialPlan, trials: [Trial]) {
    self.init(
      experiment: plan.experiment, about: plan.about, tags: plan.tags, objective: plan.objective,
      limits: plan.limits, points: plan.points, seeds: plan.seeds, folds: plan.folds,
      trials: trials, warnings: plan.warnings,
      sweepWarnings: plan.sweepWarnings, places: plan.places, growth: plan.growth,
      pruner: plan.pruner, wholePlan: plan.wholePlan)
  }
}

extension LoadedSpec {
  /// Makes every trial of the spec.
  ///
  /// - Throws: ``SpecErrors`` with everything that is wrong with any of them.
  func plan() throws(SpecErrors) -> TrialPlan {
    var planner = TrialPlanner(self)
    return try planner.plan()
  }
}
