internal import Datasets
import Tracking

/// Trains one trial of each kind for a few steps, on its own data and in a folder that is gone afterwards.
struct PaceMeasurement {
  /// The steps before each of the two evaluations: the first are slow, because nothing is in memory yet.
  static let steps = 4

  let inspected: InspectedPlan
  /// The folder of the records, beside which the measurement has its own.
  let results: String

  /// What was measured.
  struct Found {
    /// By the number of the trial.
    var histories: [Int: MetricHistory] = [:]
    /// Why a trial could not be timed, by its number.
    var failures: [Int: String] = [:]
    /// The memory of the workers and the room that checkpoints take: from the least to the most of a trial.
    var memory: PlanFacts.Span
    var checkpoints = PlanFacts.Span()
  }

  /// - Parameter report: told what happens.
  /// - Returns: `nil` where it was interrupted.
  func run(_ report: (RunnerEvent) -> Void) throws -> Found? {
    ScratchStore.removeLeftovers(beside: results)
    let owner = try ScratchStore(for: "measure", beside: results)
    defer { withExtendedLifetime(owner) {} }
    let sweep = try Sweep(inspected: shortened, store: owner.store, jobs: 1).prepare()
    let summary = try sweep.run(until: nil, report)
    guard summary.stopRequests == 0 else { return nil }
    var found = Found(memory: sweep.survey?.facts.memoryBytes ?? PlanFacts.Span())
    for trial in sweep.plan.trials {
      let number = trial.record.number
      let run = try owner.store.run(trial.id, experiment: trial.record.experiment)
      found.histories[number] = run?.history
      if case .failed(let cause)? = run?.status { found.failures[number] = cause }
      for checkpoint in run?.checkpoints ?? [] { found.checkpoints.add(checkpoint.bytes) }
    }
    return found
  }

  /// The first trial of each kind, cut down to two evaluations.
  private var shortened: InspectedPlan {
    var (trials, kept): ([Trial], [DataInspection]) = ([], [])
    var (kinds, ids): (Set<TrialKind>, Set<String>) = ([], [])
    for (trial, inspection) in zip(inspected.plan.trials, inspected.inspections)
    where kinds.insert(TrialKind(trial, inspection)).inserted {
      let short = trial.cut(toSteps: Self.steps, evaluations: 2)
      guard ids.insert(short.id).inserted else { continue }
      trials.append(short)
      kept.append(inspection)
    }
    var plan = TrialPlan(inspected.plan, trials: trials)
    (plan.growth, plan.pruner) = (nil, nil)
    return InspectedPlan(plan: plan, inspections: kept)
  }
}

extension PaceMeasurement.Found {
  /// Memory and disk, for people.
  ///
  /// - Parameter trials: those that are left to train.
  func notes(trials: Int) -> [String] {
    guard trials > 0, memory.greatest >= memory.least, checkpoints.greatest >= checkpoints.least
    else { return [] }
    // The best and the last evaluation have a checkpoint each, which may be one.
    let (least, most) = (trials * checkpoints.least, 2 * trials * checkpoints.greatest)
    return [
      "memory: \(memory.text(Units.bytes)) for each trial",
      "disk: \(Units.bytes(least)) … \(Units.bytes(most)) for the checkpoints of \(Units.count(trials, "trial"))",
    ]
  }
}
