internal import Training

extension Preflight {
  /// What the trials may do but are hardly meant to.
  func warnings() -> PlanWarnings {
    var warnings = PlanWarnings()
    for (trial, inspection) in zip(plan.trials, inspected.inspections) {
      for warning in inspection.warnings {
        warnings.add(
          "\(warning)", at: SpecPath(components: ["data", warning.setting ?? "train"]), of: trial,
          in: plan)
      }
      let samples = inspection.samplesPerEpoch
      for timing in trial.trainingConfiguration(threads: 1).lateTimings(trainingSamples: samples) {
        warnings.add(
          timing.message, detail: timing.consequence, remedy: timing.remedy,
          at: SpecPath(components: timing.path), of: trial, in: plan)
      }
    }
    return warnings
  }
}
