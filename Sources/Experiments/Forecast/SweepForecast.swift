internal import Datasets
internal import Groundwork
import Tracking

/// How long the rest of a sweep will take, and what room its records.
struct SweepForecast: Encodable, Sendable {
  /// From the least to the most that is to be expected.
  struct Span: Encodable, Sendable, Equatable {
    var least: Double
    var most: Double

    init(_ range: ClosedRange<Double>) { (least, most) = (range.lowerBound, range.upperBound) }

    fileprivate mutating func add(_ range: ClosedRange<Double>) {
      least += range.lowerBound
      most += range.upperBound
    }
  }

  /// The trials that are not trained to their end.
  let trials: Int
  /// Those of them of whose kind nothing was timed.
  let unknown: Int
  /// Of all that are known, one after another.
  let seconds: Span?
  /// The least that is to be expected of each trial, and the most, by the trial's number.
  let byTrial: [Int: Span]
  /// The parts of runs that were timed.
  let timed: Int
  /// Whether they were timed just now.
  let isMeasured: Bool

  /// - Parameters:
  ///   - runs: the recorded runs of the plan's trials.
  ///   - measured: by the number of a trial, what was timed just now of one of its kind; empty where nothing
  ///     was.
  ///   - host: the name of this machine: what others took says nothing.
  init(
    _ inspected: InspectedPlan, runs: [RunRecord], measured: [Int: MetricHistory] = [:],
    host: String
  ) {
    let plan = inspected.plan
    let byID = Dictionary(runs.map { ($0.id, $0) }) { first, _ in first }
    let kinds = zip(plan.trials, inspected.inspections).map { TrialKind($0, $1) }
    var paces: [TrialKind: TrialPace] = [:]
    var timed = 0
    for (trial, kind) in zip(plan.trials, kinds) {
      if let history = measured[trial.record.number] {
        paces[kind, default: TrialPace()].add(history)
        timed += 1
      }
      guard let run = byID[trial.id], let history = run.history,
        run.attempts.allSatisfy({ $0.host == host })
      else { continue }
      paces[kind, default: TrialPace()].add(history)
      timed += 1
    }
    var sum = Span(0...0)
    var byTrial: [Int: Span] = [:]
    var (left, unknown) = (0, 0)
    for (index, (trial, kind)) in zip(plan.trials, kinds).enumerated() {
      let run = byID[trial.id]
      guard run?.end == nil else { continue }
      left += 1
      guard let pace = paces[kind], pace.isKnown else {
        unknown += 1
        continue
      }
      let length = trial.length(inspected.inspections[index])
      let done = run?.history?.rows
      let range = pace.seconds(
        steps: max(0, length.steps - (done?.last?.step ?? 0)),
        evaluations: max(0, length.evaluations - (done?.count ?? 0)))
      sum.add(range)
      byTrial[trial.record.number] = Span(range)
    }
    (trials, self.unknown, self.byTrial, self.timed) = (left, unknown, byTrial, timed)
    seconds = byTrial.isEmpty ? nil : sum
    isMeasured = !measured.isEmpty
  }
}

extension SweepForecast {
  /// Notes for people; empty where nothing is known.
  ///
  /// - Parameter mayEndEarly: whether trials may end before their time.
  func notes(jobs: Int, mayEndEarly: Bool) -> [String] {
    guard let seconds else { return [] }
    let known = trials - unknown
    let most = mayEndEarly ? "at most " : ""
    let basis =
      isMeasured
      ? "by \(Units.count(timed, "short measurement"))"
      : "by \(Units.count(timed, "run")) on this machine"
    var line =
      "time: \(most)\(Self.text(seconds)) for \(Units.count(known, "trial")) one after another, \(basis)"
    if jobs > 1 {
      let shared = Span(seconds.least / Double(jobs)...seconds.most / Double(jobs))
      line += "; \(Self.text(shared)) with \(jobs) at a time, if they do not hold each other up"
    }
    if unknown > 0 {
      line +=
        "; nothing is known of \(Units.count(unknown, "other trial")): plan --measure times them"
    }
    return [line]
  }

  private static func text(_ span: Span) -> String {
    let (least, most) = (Units.duration(span.least), Units.duration(span.most))
    return least == most ? least : "\(least) … \(most)"
  }
}

extension Trial {
  /// The steps and evaluations of the whole training.
  func length(_ data: DataInspection) -> (steps: Int, evaluations: Int) {
    let perEpoch = max(1, data.samplesPerEpoch / trainingConfiguration(threads: 1).imagesPerStep)
    let steps = spec.training.duration.steps(perEpoch: perEpoch)
    let interval = spec.evaluation.every.steps(perEpoch: perEpoch)
    return (steps, (steps + interval - 1) / interval)
  }
}
