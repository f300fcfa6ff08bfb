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
    var results = results
    var trials: [Int: [Trial]] = [:]
    for trial in plan.trials { trials[trial.record.point, default: []].append(trial) }
    var history: [Observation] = []
    for (index, point) in known.enumerated() {
      guard let result = results.result(of: trials[index] ?? []) else { return nil }
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
  let objective: Objective
  private var runs: [String: RunRecord] = [:]
  private var board: PruningBoard?

  /// Reads the records of a plan's trials.
  init(_ plan: TrialPlan, in store: FolderStore) throws {
    objective = plan.objective
    board = plan.pruning.map(PruningBoard.init)
    for trial in plan.trials {
      let run = try store.run(trial.id, experiment: trial.record.experiment)
      runs[trial.id] = run
      board?.learn(run, of: trial.id)
    }
  }

  /// The result of the trials of one point: their mean, where all have ended; `nil` before. It is pruned
  /// where one of them is, after as many epochs as each had.
  mutating func result(of trials: [Trial]) -> Observation.Result? {
    var sum = 0.0
    var hasDiverged = false
    var pruned: Double?
    for trial in trials {
      let run = runs[trial.id]
      switch run?.status {
      case .finished: break
      case .pruned:
        // What another pruner ended goes on under this one.
        guard board?.hasEnded(trial.id) == true else { return nil }
        pruned = min(pruned ?? .infinity, run?.history?.rows.last?.point.epoch ?? 0)
      case .failed:
        hasDiverged = true
        continue
      case nil, .waiting, .running, .interrupted, .damaged: return nil
      }
      guard let best = run?.history?.best(of: objective) else {
        hasDiverged = true
        continue
      }
      sum += objective.maximize ? -best.value : best.value
    }
    guard !trials.isEmpty else { return nil }
    if hasDiverged { return .diverged }
    let mean = sum / Double(trials.count)
    return pruned.map { .pruned(epoch: $0, value: mean) } ?? .complete(mean)
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
        .unmetCondition, "hardly a point meets sweep.require: none of \(attempts) that were tried",
        at: tree["sweep"]?["require"]?.mark ?? sweepPlace,
        remedy: "narrow the hyperparameters to where it holds")
    case .notFinite(let what):
      SpecDiagnostic(
        .unfitRange, "\(what) is not finite, which is a mistake of this program", at: sweepPlace)
    }
  }

  /// Where the spec says `sweep`.
  var sweepPlace: Mark {
    tree.entries?.first { $0.key == "sweep" }?.keyMark ?? Mark(whole: source)
  }
}
