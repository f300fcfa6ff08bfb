/// The tests of a table's rows: which they are against, and how sure their ranks are.
struct RowTesting {
  private let rows: [ComparedRow]
  private let ranking: Ranking
  private let request: ComparisonRequest
  private let isBest: [Bool]
  private let values: [RowTests.Values]

  init(
    _ rows: [ComparedRow], _ ranking: Ranking, _ request: ComparisonRequest, isBest: [Bool]
  ) {
    (self.rows, self.ranking, self.request, self.isBest) = (rows, ranking, request, isBest)
    var grouped: Set<String>?
    if case .values(let values) = request.grouping {
      let paths = rows.flatMap(\.entries).flatMap(\.run.hyperparameters).map(\.path)
      grouped = Set(
        paths.filter { path in
          values.contains { path == $0.name || path.hasSuffix("." + $0.name) }
        })
    }
    values = rows.map { $0.pairedValues(grouped: grouped) }
  }

  /// The row that was named, or the best one where rows are over seeds.
  ///
  /// - Throws: ``ComparisonError/baseline(rows:)`` where what was named is no row.
  func baseline() throws(ComparisonError) -> Comparison.Baseline? {
    guard !request.baseline.isEmpty else {
      let isOverSeeds = rows.contains { $0.measured.count > 1 }
      return isBest.firstIndex(of: true).flatMap { row in
        isOverSeeds && rows.count > 1 ? Comparison.Baseline(row: row, isChosen: false) : nil
      }
    }
    let named = rows.indices.filter { row in
      rows[row].entries.contains { request.baseline.contains($0.run.place) }
    }
    guard named.count == 1 else { throw .baseline(rows: named.count) }
    return Comparison.Baseline(row: named[0], isChosen: true)
  }

  /// Rows that were validated on other data than the baseline have no test.
  func tests(against baseline: Comparison.Baseline?) -> [RowTest?] {
    guard let baseline else { return rows.map { _ in nil } }
    let group = ranking.data.group(of: rows[baseline.row].first)
    let comparable = rows.indices.map { row in
      ranking.data.group(of: rows[row].first) == group ? values[row] : [:]
    }
    return RowTests.tests(comparable, baseline: baseline.row, foldShare: foldShare)
  }

  /// Samples that a fold is judged on over those it is trained on; `nil` where rows are not over folds.
  private var foldShare: Double? {
    let runs = rows.flatMap(\.measured).map(\.run)
    let folds = Set(runs.compactMap(\.fold))
    guard folds.count > 1 else { return nil }
    let shares = runs.compactMap { run -> Double? in
      guard let test = run.attempt?.validationSamples, let train = run.attempt?.trainingSamples,
        train > 0
      else { return nil }
      return Double(test) / Double(train)
    }
    return shares.isEmpty ? 1 / Double(folds.count - 1) : shares.mean
  }

  /// The ranks of the rows over the seeds that all of them share, from three seeds on.
  func ranks() -> [Comparison.Rank?] {
    let none: [Comparison.Rank?] = rows.map { _ in nil }
    let judged = rows.indices.filter { values[$0].count >= Verdict.pairsToSpeak }
    // The rank of one among thousands says nothing.
    guard (2...500).contains(judged.count), !ranking.data.areSeveral, foldShare == nil,
      let first = judged.first
    else { return none }
    let shared = values[first].keys.filter { key in
      judged.allSatisfy { values[$0][key] != nil }
    }.sorted { ($0.seed, "\($0.settings)") < ($1.seed, "\($1.settings)") }
    guard shared.count >= Verdict.pairsToSpeak else { return none }
    let table = judged.map { row in shared.map { values[row][$0, default: .nan] } }
    guard let ranks = RankUncertainty(table, maximize: ranking.maximize) else { return none }
    var result = none
    for (place, row) in judged.enumerated() {
      result[row] = Comparison.Rank(
        probabilityBest: ranks.probabilityBest[place], low: ranks.interval[place].lowerBound,
        high: ranks.interval[place].upperBound)
    }
    return result
  }
}

/// What is to be said of a row in a word.
enum RowFlags {
  static func flags(
    _ row: ComparedRow, isBest: Bool, isBaseline: Bool
  ) -> [Comparison.Flag] {
    var flags: [Comparison.Flag] = []
    if isBest { flags.append(.init(sign: "*", word: "best", meaning: "best")) }
    if isBaseline { flags.append(.init(sign: "b", word: "baseline", meaning: "baseline")) }
    let rising = row.measured.count { entry in
      guard let best = entry.best, let count = entry.run.evaluations?.count else { return false }
      return count > 1 && best.row == count - 1
    }
    if rising > 0 {
      let all = row.measured.count
      flags.append(
        .init(
          sign: "↗", word: all == 1 || rising == all ? "rising" : "\(rising) of \(all) rising",
          meaning: "best at its last evaluation"))
    }
    guard row.entries.count > 1 else { return flags }
    var counts: [String: Int] = [:]
    for entry in row.entries where entry.run.soundStatus != .finished {
      counts[entry.run.soundStatus.word, default: 0] += 1
    }
    for (word, count) in counts.sorted(by: { $0.key < $1.key }) {
      flags.append(
        .init(sign: "!\(count)", word: "\(count) \(word)", meaning: "runs that did not finish"))
    }
    return flags
  }
}
