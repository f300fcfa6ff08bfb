import Testing

@testable import Sampling

/// Trains recorded curves again in many orders.
@Suite("The order in which trials end decides nothing")
struct ReplayTests {
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let rule: any ComparingRule
    var batches: Int?
    var seeds = 1
  }

  private static let rungs = Rungs(smallest: 1, factor: 3)
  static let cases = [
    Case(description: "by index", rule: EarlierHalving(rungs: rungs, statistic: .best)),
    Case(
      description: "by index, three seeds",
      rule: EarlierHalving(rungs: rungs, statistic: .last), seeds: 3),
    Case(
      description: "one bracket",
      rule: BracketHalving(rungs: rungs, statistic: .last, layout: .single)),
    Case(
      description: "Hyperband",
      rule: BracketHalving(rungs: rungs, statistic: .best, layout: .exact)),
    Case(
      description: "standard, in batches, two seeds",
      rule: BracketHalving(rungs: rungs, statistic: .best, layout: .standard), batches: 9,
      seeds: 2),
    Case(
      description: "median",
      rule: PercentileRule(percent: 50, startup: 5, warmup: 1, interval: 2)),
    Case(
      description: "median, in batches, two seeds",
      rule: PercentileRule(percent: 50, startup: 3, warmup: 0, interval: 1), batches: 4, seeds: 2),
  ]

  /// A fixed sequence of random numbers (SplitMix64, Steele et al. 2014).
  struct Draws {
    var state: UInt64
    mutating func below(_ count: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((word ^ (word >> 31)) % UInt64(count))
    }
    mutating func uniform() -> Double { Double(below(1 << 40)) / Double(1 << 40) }
  }

  static let epochs = 9

  /// Whole curves: every seventh trial fails on its way.
  static func whole(_ trials: Int, _ draws: inout Draws) -> [LearningCurve] {
    (0..<trials).map { index in
      let quality = draws.uniform()
      let fails = draws.below(7) == 0
      let length = fails ? 1 + draws.below(epochs - 1) : epochs
      let values = (1...length).map { epoch in
        LearningCurve.Value(Double(epoch), quality + 0.4 / Double(epoch) + 0.1 * draws.uniform())
      }
      return LearningCurve(values, planned: Double(epochs), end: fails ? .stopped : .complete)
    }
  }

  /// The evaluations of each trial in the end.
  static func train(
    _ whole: [LearningCurve], _ some: Case, workers: Int, _ draws: inout Draws
  ) -> [Int] {
    let points = whole.count / some.seeds
    var done = [Int](repeating: 0, count: whole.count)
    var working: [Int] = []
    func curve(_ trial: Int) -> LearningCurve {
      let all = whole[trial].values
      return LearningCurve(
        Array(all.prefix(done[trial])), planned: whole[trial].planned,
        end: done[trial] == all.count ? whole[trial].end : nil)
    }
    func verdicts(_ known: Int) -> [PruningVerdict] {
      let curves = (0..<known).map { point in
        PointCurves((0..<some.seeds).map { curve(point * some.seeds + $0) })
      }
      return some.rule.verdicts(
        curves, batches: some.batches.map { batch in (0..<known).map { $0 / batch * batch } })
    }
    // A batch is known when the one before it has ended.
    var known = some.batches.map { min($0, points) } ?? points
    func hasEnded(_ point: Int, _ verdict: PruningVerdict) -> Bool {
      if case .pruned = verdict { return true }
      return (0..<some.seeds).allSatisfy { curve(point * some.seeds + $0).end != nil }
    }
    while true {
      var decided = verdicts(known)
      while known < points, decided.indices.allSatisfy({ hasEnded($0, decided[$0]) }) {
        known = min(known + (some.batches ?? points), points)
        decided = verdicts(known)
      }
      var ready = (0..<known * some.seeds).filter { trial in
        curve(trial).end == nil && !working.contains(trial)
          && decided[trial / some.seeds].letsGoOn(from: Double(done[trial]))
      }
      while working.count < workers, !ready.isEmpty {
        working.append(ready.remove(at: draws.below(ready.count)))
      }
      guard !working.isEmpty else { return done }
      done[working.remove(at: draws.below(working.count))] += 1
    }
  }

  @Test("every order and number of workers ends each trial at the same place", arguments: cases)
  func orders(_ some: Case) {
    var draws = Draws(state: 7)
    let whole = Self.whole((some.seeds == 1 ? 18 : 9) * some.seeds, &draws)
    let first = Self.train(whole, some, workers: 1, &draws)
    #expect(first.contains { $0 < Self.epochs }, "nothing was pruned")
    #expect(first.contains(Self.epochs))
    for repetition in 0..<100 {
      let again = Self.train(whole, some, workers: 1 + repetition % 8, &draws)
      #expect(again == first)
    }
  }

  @Test("more trials change no decision of those before them, by index")
  func growth() {
    var draws = Draws(state: 11)
    let whole = Self.whole(60, &draws).map { PointCurves([$0]) }
    let rule = EarlierHalving(rungs: Self.rungs, statistic: .best)
    let all = rule.verdicts(whole, batches: nil)
    #expect(Array(all.prefix(27)) == rule.verdicts(Array(whole.prefix(27)), batches: nil))
  }
}
