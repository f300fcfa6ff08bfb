internal import Datasets
internal import Groundwork
import Tracking

/// `--set sweep.seeds=+5`: so many further trials of points that a sweep has tried, each with a seed of its
/// own. What is done stays as it is.
struct SeedAddition: Sendable, Hashable {
  let count: Int

  /// `nil` where an override sets a value, as most do.
  init?(_ override: String) {
    let start = "sweep.seeds=+"
    guard override.hasPrefix(start), let count = Int(override.dropFirst(start.count)),
      (1...1000).contains(count)
    else { return nil }
    self.count = count
  }
}

extension InspectedPlan {
  /// The finished trials of the plan, and behind them those of further seeds.
  ///
  /// - Parameters:
  ///   - selectors: runs of the points that get them; none for all points.
  ///   - cache: of what was seen in data before.
  /// - Throws: ``Failure`` where a selected run is of none of the plan's trials.
  func adding(
    _ addition: SeedAddition, only selectors: [String], in store: FolderStore,
    cache: InspectionCache = .standard
  ) throws -> InspectedPlan {
    let points = try selectors.isEmpty ? nil : points(of: selectors, in: store)
    var added: [Trial] = []
    for trial in plan.trials where trial.record.replicate == 0 {
      guard points?.contains(trial.record.point) ?? true else { continue }
      for replicate in plan.seeds..<plan.seeds + addition.count {
        added.append(trial.replicate(replicate, number: plan.trials.count + added.count + 1))
      }
    }
    let further = try plan.with(added).inspected(results: store.root, cache: cache)
    let done = try zip(plan.trials, inspections).filter { trial, _ in
      try store.run(trial.id, experiment: plan.experiment)?.status == .finished
    }
    var grown = plan.with(done.map(\.0) + further.plan.trials)
    grown.wholePlan = plan.trials.map(\.id) + further.plan.trials.map(\.id)
    return InspectedPlan(plan: grown, inspections: done.map(\.1) + further.inspections)
  }

  /// The points of the sweep that the selected runs are trials of, with one of its seeds or a further one.
  private func points(of selectors: [String], in store: FolderStore) throws -> Set<Int> {
    // The best run of another experiment is of none of these points.
    let texts = selectors.map { $0 == "@best" ? "@best:\(plan.experiment)" : $0 }
    let runs = try Selector.select(texts, from: store.catalogue(of: plan.experiment).runs)
    return Set(
      try runs.map { run in
        guard let point = point(of: run.trial) else {
          throw Failure(
            .usage,
            "error: --only names \(plan.experiment)/\(run.id.prefix(8)), a run of none of the points of this "
              + "spec: 'experiments plan' lists them")
        }
        return point
      })
  }

  private func point(of trial: TrialRecord) -> Int? {
    plan.trials.first { planned in
      planned.record.replicate == 0
        && planned.replicate(trial.replicate, number: 0).record.settingsID == trial.settingsID
    }?.record.point
  }
}

extension TrialPlan {
  /// Other trials of the same sweep, whose points have been chosen and are tried to their ends.
  fileprivate func with(_ trials: [Trial]) -> TrialPlan {
    var plan = TrialPlan(self, trials: trials)
    (plan.growth, plan.pruner) = (nil, nil)
    return plan
  }
}

extension Trial {
  /// The same point with the seed of another replicate.
  fileprivate func replicate(_ replicate: Int, number: Int) -> Trial {
    var (spec, record) = (spec, record)
    spec.seed = ReplicateSeed.seed(of: replicate, experiment: spec.seed)
    let resolved = ResolvedSpec(spec)
    (record.number, record.replicate, record.seed) = (number, replicate, UInt64(spec.seed))
    (record.resolvedSpec, record.settingsID) = (resolved.text, resolved.settingsID)
    return Trial(record, spec, resolved)
  }
}
