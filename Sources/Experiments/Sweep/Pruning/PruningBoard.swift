internal import Datasets
internal import Measurements
internal import Sampling
import Tracking
internal import Training

/// What is known of the trials of a sweep that prunes, and what follows for each of them.
///
/// Whoever looks at the same records comes to the same decisions: they follow from the values that trials
/// had, and never from when these were recorded.
struct PruningBoard {
  let pruning: SweepPruning
  private var known: [Known]
  private let places: [String: Int]
  /// Where each point's members lie.
  private let points: [Range<Int>]
  /// The point of each member, as a place among these.
  private let pointPlaces: [Int]
  /// What the comparing pruner decides of each point, since something has become known last.
  private var compared: [PruningVerdict]?
  private let comparing: (part: SweepPruner.Part, rule: any ComparingRule)?
  private let own: [(part: SweepPruner.Part, rule: any OwnCurveRule, series: PrunedSeries)]

  /// One trial.
  private struct Known {
    var curve: LearningCurve
    /// Where a pruner that looks at it alone ends it.
    var stop: (position: Double, reason: PruningReason, part: SweepPruner.Part)?
    /// Its last evaluation.
    var last: EvaluationPoint?
    var lastValue = Double.nan
  }

  /// What is to be done with a trial.
  enum Decision: Sendable, Equatable {
    case goesOn
    /// Not before another trial, whose number among all this is, has come further.
    case waits(on: Int)
    case ends(PruningRecord)
  }

  init(_ pruning: SweepPruning) {
    self.pruning = pruning
    known = pruning.members.map { Known(curve: LearningCurve([], planned: $0.planned)) }
    places = Dictionary(
      pruning.members.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var points: [Range<Int>] = []
    for (index, member) in pruning.members.enumerated() {
      if index > 0, pruning.members[index - 1].point == member.point, let last = points.popLast() {
        points.append(last.lowerBound..<index + 1)
      } else {
        points.append(index..<index + 1)
      }
    }
    self.points = points
    pointPlaces = points.enumerated().flatMap { point, members in members.map { _ in point } }
    comparing = pruning.pruner.comparing(pruning.objective)
    own = pruning.pruner.own(pruning.objective)
  }

  // MARK: - What is known

  /// Takes in what is recorded of a trial; `nil` where nothing can be read.
  mutating func learn(_ run: RunRecord?, of id: String) {
    if let run { learn(run.history, of: id, end: end(run)) }
  }

  /// Takes in the evaluations that a trial has had.
  mutating func learn(_ history: MetricHistory?, of id: String, end: LearningCurve.End? = nil) {
    guard let place = places[id] else { return }
    let planned = pruning.members[place].planned
    let values = self.values(of: .objective, history)
    var next = Known(curve: LearningCurve(values, planned: planned, end: end))
    next.stop = stop(history, planned)
    if let stop = next.stop { next.curve = next.curve.stopped(after: stop.position) }
    next.last = history?.rows.last?.point
    next.lastValue = values.last?.value ?? .nan
    guard next.curve != known[place].curve || next.last != known[place].last else { return }
    known[place] = next
    compared = nil
  }

  private func end(_ run: RunRecord) -> LearningCurve.End? {
    switch run.status {
    case .finished: .complete
    case .failed: .stopped
    case .pruned: run.hasDiverged && pruning.pruner.prunesDivergence ? .stopped : nil
    // Early stopping has ended it, even where it was killed before that could be recorded.
    case .running, .interrupted: run.hasStoppedEarly ? .complete : nil
    case .waiting, .damaged: nil
    }
  }

  /// The first evaluation before the planned end after which one of the pruners that look at a trial alone
  /// ends it.
  private func stop(
    _ history: MetricHistory?, _ planned: Double
  ) -> (position: Double, reason: PruningReason, part: SweepPruner.Part)? {
    var first: (position: Double, reason: PruningReason, part: SweepPruner.Part)?
    for (part, rule, series) in own {
      let values = values(of: series, history).filter { $0.position < planned }
      guard let stop = rule.stop(values), first.map({ stop.position < $0.position }) ?? true else {
        continue
      }
      first = (stop.position, stop.reason, part)
    }
    return first
  }

  private func values(
    of series: PrunedSeries, _ history: MetricHistory?
  ) -> [LearningCurve.Value] {
    let name =
      switch series {
      case .objective: pruning.objective.metric
      case .measured(let name): name
      }
    guard let history, let values = history.values(of: name) else { return [] }
    let isNegated = series == .objective && pruning.objective.maximize
    return zip(history.rows, values).map { row, value in
      LearningCurve.Value(pruning.unit.position(of: row.point), isNegated ? -value : value)
    }
  }

  // MARK: - What follows

  /// True where a decision about a trial may fall due with its last evaluation, so that it must be known
  /// what others have reached.
  func mayDecide(of id: String) -> Bool {
    guard let place = places[id] else { return false }
    if known[place].stop != nil { return true }
    return comparing?.rule.mayDecide(at: known[place].curve.values.map(\.position)) ?? false
  }

  /// What is to be done with a trial where it is now.
  mutating func decision(of id: String) -> Decision {
    guard let place = places[id], known[place].curve.end != .complete else { return .goesOn }
    let position = known[place].curve.values.last?.position ?? 0
    var verdict = comparedVerdict(of: place)
    var part = comparing?.part
    if let stop = known[place].stop, stop.position <= verdict.position {
      verdict = .pruned(position: stop.position, stop.reason)
      part = stop.part
    }
    guard !verdict.letsGoOn(from: position) else { return .goesOn }
    switch verdict {
    case .goesOn: return .goesOn
    case .waits(_, let point): return .waits(on: points[point].lowerBound + 1)
    case .pruned(let position, let reason):
      guard let last = known[place].last, let part else { return .goesOn }
      return .ends(
        PruningRecord(
          after: last, planned: pruning.unit.end(pruning.members[place].planned, after: last),
          pruner: part.canonical.text, rung: reason.rung,
          reason: reason.words(at: pruning.unit.place(position))))
    }
  }

  /// True where a trial that was pruned is at its end under this pruner, too.
  mutating func hasEnded(_ id: String) -> Bool {
    guard let place = places[id] else { return false }
    if known[place].curve.end == .stopped { return true }
    if case .ends = decision(of: id) { return true }
    return false
  }

  private mutating func comparedVerdict(of place: Int) -> PruningVerdict {
    guard let comparing else { return .goesOn }
    let verdicts: [PruningVerdict]
    if let compared {
      verdicts = compared
    } else {
      verdicts = comparing.rule.verdicts(
        points.map { PointCurves($0.map { known[$0].curve }) }, batches: pruning.batches)
      compared = verdicts
    }
    return verdicts[pointPlaces[place]]
  }

  /// What is trained first: what has come furthest, of equals what is best there, and then in the order of
  /// the sweep.
  func goesBefore(_ left: String, _ right: String) -> Bool {
    guard let first = places[left], let second = places[right] else { return false }
    func key(_ place: Int) -> (Double, Double, Int) {
      let value = known[place].lastValue
      return (
        -(known[place].last.map(pruning.unit.position) ?? 0), value.isNaN ? .infinity : value, place
      )
    }
    return key(first) < key(second)
  }
}

extension RunRecord {
  /// True where its last evaluation is the one after which early stopping ends it.
  fileprivate var hasStoppedEarly: Bool {
    guard trial.resolvedSpec.contains("\"early_stopping\""), let history,
      let last = history.rows.last?.point, last.epoch > 0,
      let settings = (try? ExperimentSpec(resolved: trial.resolvedSpec))?.training.earlyStopping,
      let values = history.values(of: settings.series)
    else { return false }
    var state = EarlyStopping.State(
      settings, stepsPerEpoch: Int((Double(last.step) / last.epoch).rounded()))
    for (row, value) in zip(history.rows, values) { state.add(value, at: row.point) }
    return state.isPatienceOver
  }
}

extension PruningVerdict {
  /// Where something is decided or waited for.
  fileprivate var position: Double {
    switch self {
    case .goesOn: .infinity
    case .waits(let position, _), .pruned(let position, _): position
    }
  }
}
