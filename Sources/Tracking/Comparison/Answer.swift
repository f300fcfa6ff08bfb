extension Comparison {
  /// What the tests say of the baseline: the first thing that a reader wants to know.
  package struct Answer: Sendable, Hashable {
    /// The weakest word over the rows that were tested.
    package var verdict: Verdict
    /// The rows that stay possible: of which the tests do not say that they are worse.
    package var possible: [Int]
    /// `settled: row 1 (dice · 1e-2) is the best by mean IoU`
    package var sentence: String
    /// The closest row in doubt, and the seeds that would settle a difference as steady.
    package var seedsNeeded: (row: Int, seeds: Int)? { needed.map { ($0.row, $0.seeds) } }

    private var needed: Needed?
    private struct Needed: Sendable, Hashable {
      var row: Int
      var seeds: Int
    }

    /// - Returns: `nil` where no row was tested.
    init?(_ rows: [Row], baseline: Baseline, objective: Judgement, points: Int) {
      let tests = rows.enumerated().compactMap { index, row in row.test.map { (index, $0) } }
      guard !tests.isEmpty else { return nil }
      // A row that is worse beyond doubt is none of the possible ones; one that is better stays.
      let isWorse = { (test: RowTest) in
        (test.difference < 0) == objective.higherIsBetter
          && (test.verdict == .settled || test.verdict == .likely)
      }
      let open = tests.filter { !isWorse($0.1) }
      possible = open.map(\.0)
      let words: [Verdict] = [.noStatement, .notToldApart, .likely, .settled]
      verdict = words.first { word in tests.contains { $0.1.verdict == word } } ?? .noStatement
      let closest = open.filter { $0.1.verdict == .notToldApart && $0.1.seedsNeeded != nil }
        .min { abs($0.1.difference) < abs($1.1.difference) }
      needed = closest.flatMap { row, test in
        test.seedsNeeded.map { Needed(row: row, seeds: max($0, Verdict.pairsToSettle)) }
      }
      sentence = ""
      sentence = text(rows, baseline, objective, tests, points)
    }

    private func text(
      _ rows: [Row], _ baseline: Baseline, _ objective: Judgement, _ tests: [(Int, RowTest)],
      _ points: Int
    ) -> String {
      let name = Self.name(baseline.row, rows)
      let others = tests.count
      guard !baseline.isChosen else {
        let words = Dictionary(grouping: tests) { index, test in
          let isBetter = (test.difference > 0) == objective.higherIsBetter
          return test.verdict == .settled || test.verdict == .likely
            ? "\(test.verdict.rawValue) \(isBetter ? "better" : "worse")" : test.verdict.rawValue
        }
        let parts = words.sorted { $0.value[0].0 < $1.value[0].0 }.map { word, rows in
          "\(word): \(Self.list(rows.map(\.0)))"
        }
        return "against \(name) by \(objective.title): \(parts.joined(separator: "; "))"
      }
      guard !possible.isEmpty else {
        let word = others == 1 ? "the other row" : "all \(others) other rows"
        return "\(verdict.rawValue): \(name) is better than \(word) by \(objective.title)"
      }
      let doubts = tests.filter { possible.contains($0.0) }
      if doubts.allSatisfy({ $0.1.verdict == .noStatement }) {
        return "no statement: \(name) has the best \(objective.title), but "
          + "\(Self.list(possible)) \(possible.count == 1 ? "shares" : "share") too few seeds with it to tell"
      }
      var text =
        "not told apart: \(name) has the best \(objective.title), and \(Self.list(possible)) "
        + "\(possible.count == 1 ? "stays" : "stay") possible"
      if let (row, seeds) = seedsNeeded {
        text += "; a difference as steady as that to row \(row + 1) needs about \(seeds) seeds"
      }
      return text
    }

    private static func name(_ row: Int, _ rows: [Row]) -> String {
      let label = rows[row].label
      return "row \(row + 1)" + (label.isEmpty ? "" : " (\(label))")
    }

    /// `row 3`, `rows 2, 3 and 5`, `rows 2–5`.
    private static func list(_ rows: [Int]) -> String {
      let text = NumberRanges.text(rows.map { $0 + 1 })
      return rows.count == 1 ? "row \(text)" : "rows \(text)"
    }
  }
}
