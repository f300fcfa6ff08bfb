/// A row against the baseline.
package struct RowTest: Sendable, Hashable {
  package var kind: Kind
  /// Pairs of equal seeds, or of folds; of groups without pairs, the values of the smaller one.
  package var pairs: Int
  /// Row − baseline.
  package var difference: Double
  /// Student's 95 % interval for the difference, of this one alone; `nil` where it cannot be told.
  package var interval: Interval?
  package var t: Double?
  package var degreesOfFreedom: Double?
  /// Two-sided, by Student's t.
  package var p: Double?
  /// The same adjusted for all rows of the table.
  package var adjustedP: Double?
  /// Two-sided, exact: sign flips for pairs, ranks without; `nil` for folds.
  package var exactP: Double?
  package var adjustedExactP: Double?
  /// Two-sided and exact, by Wilcoxon's signed ranks: for pairs of seeds alone.
  package var rankP: Double?
  package var wins: Int
  package var losses: Int
  package var ties: Int
  package var hedgesGz: Double?
  package var probabilityOfImprovement: Double
  package var verdict: Verdict

  package enum Kind: String, Sendable, Hashable {
    case paired, unpaired, folds
  }

  /// `3 of 3 seeds agree`: how many pairs have the sign of most.
  package var agreeing: Int { max(wins, losses) }

  /// How many seeds a difference as steady as this one needs to be seen in four of five cases; `nil` where
  /// nothing can be said.
  package var seedsNeeded: Int? {
    guard kind == .paired, pairs > 2, let t, t != 0 else { return nil }
    return PairedPower.seedsNeeded(effect: abs(t) / Double(pairs).squareRoot())
  }
}

/// What values are paired by.
struct ReplicateKey: Hashable {
  var seed: UInt64
  var fold: String?
  /// Where a row is of several points, the settings that its points differ in.
  var settings: [Hyperparameter] = []
}

/// The tests of the rows of a table against one of them.
struct RowTests {
  /// Of a row: its values by what they are paired by.
  typealias Values = [ReplicateKey: Double]

  /// - Parameters:
  ///   - rows: those without values have no test.
  ///   - baseline: the place of a row.
  ///   - foldShare: samples that a fold is judged on over those it is trained on, where rows are over folds.
  static func tests(
    _ rows: [Values], baseline: Int, foldShare: Double?
  ) -> [RowTest?] {
    var tests = rows.enumerated().map { index, row in
      index == baseline ? nil : test(row, rows[baseline], foldShare)
    }
    // The family is all rows that are compared with the same baseline.
    let adjusted = Holm.adjusted(tests.map { $0?.p })
    let adjustedExact = Holm.adjusted(tests.map { $0?.exactP })
    for index in tests.indices {
      guard var test = tests[index] else { continue }
      test.adjustedP = adjusted[index]
      test.adjustedExactP = adjustedExact[index]
      test.verdict = Verdict(
        pairs: test.pairs, tP: test.adjustedP, exactP: test.adjustedExactP,
        allAgree: test.isUnanimous)
      tests[index] = test
    }
    return tests
  }

  private static func test(_ row: Values, _ baseline: Values, _ foldShare: Double?) -> RowTest? {
    guard !row.isEmpty, !baseline.isEmpty else { return nil }
    let shared = row.keys.filter { baseline[$0] != nil }
    guard !shared.isEmpty else { return unpaired(row, baseline) }
    guard let foldShare else {
      // In one order, so that sums have the same bits each time.
      let differences = shared.map { ($0, row[$0, default: 0] - baseline[$0, default: 0]) }
        .sorted { ($0.0.seed, $0.1) < ($1.0.seed, $1.1) }.map(\.1)
      let pairs = PairedComparison(differences: differences)
      var test = RowTest(pairs, .paired, pairs.tTest, exactP: SignFlipTest(differences)?.p)
      test.rankP = WilcoxonTest(differences)?.p
      return test
    }
    // Seeds are averaged inside a fold first.
    let folds = Dictionary(grouping: shared, by: \.fold).sorted { ($0.key ?? "") < ($1.key ?? "") }
    let differences = folds.map { _, keys in
      keys.map { row[$0, default: 0] - baseline[$0, default: 0] }.sorted().mean
    }
    let pairs = PairedComparison(differences: differences)
    return RowTest(pairs, .folds, pairs.correctedTTest(testShare: foldShare), exactP: nil)
  }

  private static func unpaired(_ row: Values, _ baseline: Values) -> RowTest? {
    let (a, b) = (row.values.sorted(), baseline.values.sorted())
    guard let groups = UnpairedComparison(a, b) else { return nil }
    let (u, all) = (groups.mannWhitney.u, Double(a.count * b.count))
    return RowTest(
      kind: .unpaired, pairs: min(a.count, b.count), difference: groups.meanDifference,
      interval: groups.welch?.interval(), t: groups.welch?.t,
      degreesOfFreedom: groups.welch?.degreesOfFreedom, p: groups.welch?.p, adjustedP: nil,
      exactP: groups.mannWhitney.p, adjustedExactP: nil, wins: u == all ? a.count : 0,
      losses: u == 0 ? a.count : 0, ties: 0, hedgesGz: nil,
      probabilityOfImprovement: groups.mannWhitney.probabilityOfImprovement, verdict: .noStatement)
  }
}

extension RowTest {
  fileprivate init(_ pairs: PairedComparison, _ kind: Kind, _ test: TTest?, exactP: Double?) {
    self.init(
      kind: kind, pairs: pairs.count, difference: pairs.meanDifference, interval: test?.interval(),
      t: test?.t, degreesOfFreedom: test?.degreesOfFreedom, p: test?.p, adjustedP: nil,
      exactP: exactP, adjustedExactP: nil, wins: pairs.wins, losses: pairs.losses, ties: pairs.ties,
      hedgesGz: pairs.hedgesGz, probabilityOfImprovement: pairs.probabilityOfImprovement,
      verdict: .noStatement)
  }

  /// Whether every pair has the same sign; of groups without pairs, whether they do not overlap.
  fileprivate var isUnanimous: Bool {
    kind == .unpaired
      ? probabilityOfImprovement == 0 || probabilityOfImprovement == 1
      : max(wins, losses) == pairs && pairs > 0
  }
}
