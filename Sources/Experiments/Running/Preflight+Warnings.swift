import Engine

extension Preflight {
  /// What the trials may do but are hardly meant to.
  ///
  /// - Parameter inspections: of ``inspectData()``.
  func warnings(_ inspections: [DataInspection]) -> PlanWarnings {
    var warnings = PlanWarnings()
    for (trial, inspection) in zip(plan.trials, inspections) {
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
