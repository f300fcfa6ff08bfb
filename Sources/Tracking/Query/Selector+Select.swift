extension Selector {
  /// The runs that are meant, an experiment's by trial number.
  ///
  /// - Parameter runs: every run of the store.
  /// - Returns: at least one run; just one for an id, a trial, `@last` and `@best:`.
  /// - Throws: ``SelectorError`` where none is meant, or more than one by a name of one.
  package func select(from runs: [RunRecord]) throws(SelectorError) -> [RunRecord] {
    switch self {
    case .name(let name): try Self.named(name, in: runs)
    case .member(let member, let experiment):
      [try Self.member(member, of: experiment, in: runs)]
    case .last: [try Self.last(of: runs)]
    case .best(let experiment): [try Self.best(of: experiment, in: runs)]
    }
  }

  /// The runs that any of the selectors means, each once, in the order of the selectors; every run
  /// where there is no selector.
  ///
  /// - Parameters:
  ///   - texts: selectors as they were typed.
  ///   - runs: every run of the store.
  package static func select(
    _ texts: [String], from runs: [RunRecord]
  ) throws(SelectorError) -> [RunRecord] {
    guard !texts.isEmpty else { return runs.sorted { $0.listingOrder < $1.listingOrder } }
    var selected: [RunRecord] = []
    var seen: Set<RunPlace> = []
    for text in texts {
      for run in try Selector(text).select(from: runs) where seen.insert(run.place).inserted {
        selected.append(run)
      }
    }
    return selected
  }

  private static func named(
    _ name: String, in runs: [RunRecord]
  ) throws(SelectorError) -> [RunRecord] {
    let ofExperiment = runs.filter { $0.experiment == name }
    if !ofExperiment.isEmpty { return ofExperiment.sorted { $0.listingOrder < $1.listingOrder } }
    let prefix = name.lowercased()
    guard prefix.allSatisfy(\.isHexDigit) else { throw .noExperiment(name, in: runs) }
    guard prefix.count >= shortestID else {
      throw .malformed(
        name, reason: "no experiment is called so, and an id takes at least \(shortestID) digits")
    }
    let candidates = runs.filter { $0.id.hasPrefix(prefix) }
    guard !candidates.isEmpty else { throw .noExperiment(name, in: runs) }
    return [try only(candidates, name)]
  }

  private static func member(
    _ member: String, of experiment: String, in runs: [RunRecord]
  ) throws(SelectorError) -> RunRecord {
    let ofExperiment = try self.runs(of: experiment, in: runs)
    let current = ofExperiment.filter { !$0.isSuperseded }
    if let number = Int(member), let trial = current.first(where: { $0.number == number }) {
      return trial
    }
    let candidates =
      member.count >= shortestID ? ofExperiment.filter { $0.id.hasPrefix(member) } : []
    guard !candidates.isEmpty else {
      throw .noTrial(member, of: experiment, numbers: current.map(\.number).sorted())
    }
    return try only(candidates, "\(experiment)/\(member)")
  }

  private static func last(of runs: [RunRecord]) throws(SelectorError) -> RunRecord {
    let begun = runs.compactMap { run in
      run.attempts.last.map { (run: run, at: $0.startedAt, place: run.place) }
    }
    // UTC in RFC 3339 sorts as text; of attempts of one second the later trial's is the last.
    let last = begun.max { ($0.at, $0.place) < ($1.at, $1.place) }?.run
    guard let last else { throw .nothingBegun }
    return last
  }

  private static func best(
    of experiment: String, in runs: [RunRecord]
  ) throws(SelectorError) -> RunRecord {
    let ranking = Ranking(try self.runs(of: experiment, in: runs))
    let bests = ranking.bests
    guard let best = bests.first else { throw .nothingMeasured(experiment) }
    guard bests.count == 1 else {
      throw .differentData(
        experiment, bests: bests.map { (ranking.data.label(of: $0), $0.name) },
        inClasses: ranking.data.differsInClasses)
    }
    return best
  }

  private static func runs(
    of experiment: String, in runs: [RunRecord]
  ) throws(SelectorError) -> [RunRecord] {
    let found = runs.filter { $0.experiment == experiment }
    guard !found.isEmpty else { throw .noExperiment(experiment, in: runs) }
    return found
  }

  private static func only(
    _ candidates: [RunRecord], _ text: String
  ) throws(SelectorError) -> RunRecord {
    guard candidates.count == 1 else {
      throw .ambiguous(text, candidates: candidates.sorted { $0.listingOrder < $1.listingOrder })
    }
    return candidates[0]
  }
}
