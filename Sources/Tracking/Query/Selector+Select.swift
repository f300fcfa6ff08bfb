extension Selector {
  /// The runs that are meant, an experiment's by trial number.
  ///
  /// - Parameter runs: every run of the store.
  /// - Returns: at least one run; just one for an id, a trial, `@last` and `@best:`.
  /// - Throws: ``SelectorError`` where none is meant, or more than one by a name of one.
  package func select<Run: ListedRun>(from runs: [Run]) throws(SelectorError) -> [Run] {
    switch self {
    case .name(let name): try Self.named(name, in: runs)
    case .member(let member, let experiment):
      [try Self.member(member, of: experiment, in: runs)]
    case .ownName(let name): [try Self.called(name, in: runs, "\(self)")]
    case .trials(let ranges, let experiment):
      try Self.trials(ranges, of: experiment, in: runs)
    case .pattern(let pattern): try Self.matching(pattern, in: runs)
    case .tag(let tag): try Self.tagged(tag, in: runs)
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
  package static func select<Run: ListedRun>(
    _ texts: [String], from runs: [Run]
  ) throws(SelectorError) -> [Run] {
    guard !texts.isEmpty else { return runs.sorted { $0.isListed(before: $1) } }
    var selected: [Run] = []
    var seen: Set<RunPlace> = []
    for text in texts {
      for run in try Selector(text).select(from: runs) where seen.insert(run.place).inserted {
        selected.append(run)
      }
    }
    return selected
  }

  private static func named<Run: ListedRun>(
    _ name: String, in runs: [Run]
  ) throws(SelectorError) -> [Run] {
    let ofExperiment = runs.filter { $0.experiment == name }
    if !ofExperiment.isEmpty { return ofExperiment.sorted { $0.isListed(before: $1) } }
    if runs.contains(where: { $0.ownName == name }) {
      return [try called(name, in: runs, name)]
    }
    let prefix = name.lowercased()
    guard prefix.allSatisfy(\.isHexDigit) else { throw .noExperiment(name, in: runs) }
    guard prefix.count >= shortestID else {
      throw .malformed(
        name,
        reason: "no experiment or run is called so, and an id takes at least \(shortestID) digits")
    }
    let candidates = runs.filter { $0.id.hasPrefix(prefix) }
    guard !candidates.isEmpty else { throw .noExperiment(name, in: runs) }
    return [try only(candidates, name)]
  }

  private static func member<Run: ListedRun>(
    _ member: String, of experiment: String, in runs: [Run]
  ) throws(SelectorError) -> Run {
    let ofExperiment = try self.runs(of: experiment, in: runs)
    let current = ofExperiment.filter { !$0.isSuperseded }
    if let number = Int(member), let trial = current.first(where: { $0.number == number }) {
      return trial
    }
    if let named = ofExperiment.first(where: { $0.ownName == member }) { return named }
    let prefix = member.lowercased()
    let isID = prefix.count >= shortestID && prefix.allSatisfy { $0.isASCII && $0.isHexDigit }
    let candidates = isID ? ofExperiment.filter { $0.id.hasPrefix(prefix) } : []
    guard !candidates.isEmpty else {
      throw .noTrial(
        member, of: experiment, numbers: current.map(\.number).sorted(),
        nearest: NearestNames.of(member, among: ofExperiment.compactMap(\.ownName)))
    }
    return try only(candidates, "\(experiment)/\(member)")
  }

  /// Names are unique in an experiment alone.
  private static func called<Run: ListedRun>(
    _ name: String, in runs: [Run], _ text: String
  ) throws(SelectorError) -> Run {
    let candidates = runs.filter { $0.ownName == name }
    guard !candidates.isEmpty else {
      let known = Set(runs.compactMap(\.ownName)).sorted()
      throw .unknownName(name, nearest: NearestNames.of(name, among: known), existing: known)
    }
    return try only(candidates, text)
  }

  /// A number alone has to be that of a trial; of a range those are meant that there are.
  private static func trials<Run: ListedRun>(
    _ ranges: [ClosedRange<Int>], of experiment: String, in runs: [Run]
  ) throws(SelectorError) -> [Run] {
    let current = try self.runs(of: experiment, in: runs).filter { !$0.isSuperseded }
      .sorted { $0.isListed(before: $1) }
    for range in ranges where !current.contains(where: { range.contains($0.number) }) {
      let missing =
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
      throw .noTrial(missing, of: experiment, numbers: current.map(\.number), nearest: [])
    }
    return current.filter { run in ranges.contains { $0.contains(run.number) } }
  }

  private static func matching<Run: ListedRun>(
    _ pattern: String, in runs: [Run]
  ) throws(SelectorError) -> [Run] {
    let glob = TextPattern(glob: pattern)
    let names = Set(runs.map(\.experiment)).filter(glob.matches)
    guard !names.isEmpty else { throw .noExperiment(pattern, in: runs) }
    return runs.filter { names.contains($0.experiment) }
      .sorted { $0.isListed(before: $1) }
  }

  private static func tagged<Run: ListedRun>(
    _ tag: String, in runs: [Run]
  ) throws(SelectorError) -> [Run] {
    let tags = runs.map(\.tags)
    let found = zip(runs, tags).filter { $1.contains(tag) }.map(\.0)
    guard !found.isEmpty else {
      let known = Set(tags.flatMap(\.self)).sorted()
      throw .unknownTag(tag, nearest: NearestNames.of(tag, among: known), existing: known)
    }
    return found.sorted { $0.isListed(before: $1) }
  }

  private static func last<Run: ListedRun>(of runs: [Run]) throws(SelectorError) -> Run {
    let begun = runs.compactMap { run in
      run.lastBegun.map { (run: run, at: $0, place: run.place) }
    }
    // UTC in RFC 3339 sorts as text; of attempts of one second the later trial's is the last.
    let last = begun.max { ($0.at, $0.place) < ($1.at, $1.place) }?.run
    guard let last else { throw .nothingBegun }
    return last
  }

  private static func best<Run: ListedRun>(
    of experiment: String, in runs: [Run]
  ) throws(SelectorError) -> Run {
    let runs = try self.runs(of: experiment, in: runs)
    let found = Run.bests(of: runs)
    guard let best = found.runs.first else { throw .nothingMeasured(experiment) }
    let names = Dictionary(runs.map { ($0.place, $0) }) { first, _ in first }
    guard found.runs.count == 1, let run = names[best.place] else {
      throw .differentData(
        experiment, bests: found.runs.map { ($0.data, names[$0.place]?.name ?? "") },
        inClasses: found.differInClasses)
    }
    return run
  }

  private static func runs<Run: ListedRun>(
    of experiment: String, in runs: [Run]
  ) throws(SelectorError) -> [Run] {
    let found = runs.filter { $0.experiment == experiment }
    guard !found.isEmpty else { throw .noExperiment(experiment, in: runs) }
    return found
  }

  private static func only<Run: ListedRun>(
    _ candidates: [Run], _ text: String
  ) throws(SelectorError) -> Run {
    guard candidates.count == 1 else {
      throw .ambiguous(text, candidates: candidates.sorted { $0.isListed(before: $1) })
    }
    return candidates[0]
  }
}
