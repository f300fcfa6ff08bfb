internal import Learning
internal import Training

extension Preflight {
  /// What the trials may do but are hardly meant to.
  func warnings() -> PlanWarnings {
    var warnings = PlanWarnings()
    warnings.addFindings(of: plan)
    for (trial, inspection) in zip(plan.trials, inspected.inspections) {
      for warning in inspection.warnings {
        warnings.add(
          .oddData, "\(warning)",
          at: SpecPath(components: ["data"]).appending(field: warning.setting ?? "train"),
          of: trial,
          in: plan)
      }
      let samples = inspection.samplesPerEpoch
      for timing in trial.trainingConfiguration(threads: 1).lateTimings(trainingSamples: samples) {
        warnings.add(
          .lateTiming, timing.message, detail: timing.consequence, remedy: timing.remedy,
          at: SpecPath(components: timing.path), of: trial, in: plan)
      }
      if let stopping = trial.spec.training.earlyStopping { warn(of: stopping, trial, &warnings) }
    }
    return warnings
  }

  /// That training goes on for worse values.
  private func warn(of stopping: EarlyStopping, _ trial: Trial, _ warnings: inout PlanWarnings) {
    let isHigherBetter = SeriesCatalog.standard.isHigherBetter(stopping.series)
    guard stopping.isHigherBetter != isHigherBetter else { return }
    let (waits, better) = isHigherBetter ? ("lower", "higher") : ("higher", "lower")
    warnings.add(
      .worseDirection,
      "early stopping waits for \(waits) values of \(stopping.series), of which a \(better) value "
        + "is better",
      remedy: "write direction: \(SpecValue.direction(isHigherBetter)), or leave it out",
      at: SpecPath(components: ["training", "early_stopping", "direction"]), of: trial, in: plan)
  }
}
