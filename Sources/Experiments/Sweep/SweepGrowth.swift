internal import Datasets
internal import Sampling
internal import Tracking

/// How the trials of a sweep follow from the results of those before them, a batch at a time.
struct SweepGrowth: Sendable {
  let loaded: LoadedSpec
  let points: SweepPoints
  /// Those that are known, by number.
  let known: [Point]

  /// The number of points there will be.
  var total: Int { points.total }

  /// The number of points whose results the last of the known ones were decided from.
  var settledPoints: Int {
    guard let last = known.indices.last else { return 0 }
    return points.batch(of: last)?.lowerBound ?? 0
  }

  /// The plan with the next batch; `nil` where results are missing or no trials are to follow.
  ///
  /// - Parameter plan: the trials of the known points, by the ids that their records have.
  /// - Throws: ``SpecErrors`` where the next points cannot be chosen.
  func next(_ plan: TrialPlan, results: SweepResults) throws -> TrialPlan? {
    guard known.count < total else { return nil }
    var trials: [Int: [Trial]] = [:]
    for trial in plan.trials { trials[trial.record.point, default: []].append(trial) }
    var history: [Observation] = []
    for (index, point) in known.enumerated() {
      guard let result = try results.result(of: trials[index] ?? []) else { return nil }
      history.append(Observation(point, result))
    }
    let more = try loaded.choosing { () throws(SamplingError) in try points.next(after: history) }
    guard !more.isEmpty else { return nil }
    var planner = TrialPlanner(loaded)
    return try planner.plan(points: known + more)
  }
}

/// What recorded trials gave, for whoever decides from it.
struct SweepResults {
  let store: FolderStore
  let objective: Objective

  /// The result of the trials of one point: their mean, where all have ended; `nil` before.
  func result(of trials: [Trial]) throws -> Observation.Result? {
    var sum = 0.0
    var hasDiverged = false
    for trial in trials {
      let run = try store.run(trial.id, experiment: trial.record.experiment)
      switch run?.status {
      case .finished:
        guard let best = run?.history?.best(of: objective) else {
          hasDiverged = true
          continue
        }
        sum += objective.maximize ? -best.value : best.value
      case .failed: hasDiverged = true
      case nil, .waiting, .running, .interrupted, .damaged: return nil
      }
    }
    guard !trials.isEmpty else { return nil }
    return hasDiverged ? .diverged : .complete(sum / Double(trials.count))
  }
}

extension LoadedSpec {
  /// - Throws: ``SpecErrors`` in place of what samplers say.
  func choosing<Value>(
    _ choose: () throws(SamplingError) -> Value
  ) throws(SpecErrors) -> Value {
    do throws(SamplingError) { return try choose() } catch {
      throw SpecErrors([problem(error)])
    }
  }

  func problem(_ error: SamplingError) -> SpecDiagnostic {
    switch error {
    case .hardlyFeasible(let attempts):
      SpecDiagnostic(
        "hardly a point meets sweep.require: none of \(attempts) that were tried",
        at: tree["sweep"]?["require"]?.mark ?? sweepPlace,
        remedy: "narrow the hyperparameters to where it holds")
    case .notFinite(let what):
      SpecDiagnostic("\(what) is not finite, which is a mistake of this program", at: sweepPlace)
    }
  }

  /// Where the spec says `sweep`.
  var sweepPlace: Mark {
    tree.entries?.first { $0.key == "sweep" }?.keyMark ?? Mark(whole: source)
  }
}
