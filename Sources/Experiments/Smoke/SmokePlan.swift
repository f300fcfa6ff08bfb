internal import Datasets
internal import Measurements
import Tracking

extension InspectedPlan {
  /// Each point of the plan once, cut down to what shows whether it works: ``SmokeTest/steps`` steps, an
  /// evaluation and a checkpoint.
  ///
  /// Further seeds and folds of a point compute the same, and points that only differ in how long they are
  /// trained become one trial. Of a sweep that decides from results it is the first batch.
  func smoke() -> InspectedPlan {
    var trials: [Trial] = []
    var kept: [DataInspection] = []
    var (points, ids) = (Set<Int>(), Set<String>())
    for (trial, inspection) in zip(plan.trials, inspections)
    where points.insert(trial.record.point).inserted {
      let short = trial.cut(toSteps: SmokeTest.steps)
      guard ids.insert(short.id).inserted else { continue }
      trials.append(short)
      kept.append(inspection)
    }
    var plan = TrialPlan(plan, trials: trials)
    // What would follow from results is not asked here.
    (plan.growth, plan.pruner) = (nil, nil)
    return InspectedPlan(plan: plan, inspections: kept)
  }
}

extension Trial {
  /// The same trial trained for so many steps, and evaluated and kept behind them, as often as is said.
  func cut(toSteps steps: Int, evaluations: Int = 1) -> Trial {
    var (spec, record) = (spec, record)
    spec.training.duration = .iterations(steps * evaluations)
    spec.training.earlyStopping = nil
    spec.evaluation.every = .iterations(steps)
    spec.checkpoints.every = .evaluation
    let resolved = ResolvedSpec(spec)
    (record.resolvedSpec, record.settingsID) = (resolved.text, resolved.settingsID)
    return Trial(record: record, spec: spec)
  }
}
