internal import Measurements

extension ComparisonLayout.Context {
  private typealias Cell = Comparison.Cell

  /// What the tests say, where there were any.
  func tests(_ tests: [RowTest?], _ ranks: [Comparison.Rank?]) -> [ComparedColumn] {
    let known = tests.compactMap { $0 }
    var columns: [ComparedColumn] = []
    if !known.isEmpty {
      let to = request.baseline.isEmpty ? "to best" : "to baseline"
      let isUnpaired = known.contains { $0.kind == .unpaired }
      columns = [
        difference(tests, header: "\(to) (95 % each)\(isUnpaired ? ", unpaired" : "")", short: to),
        ComparedColumn(
          "holm", header: "Holm", .test, importance: Importance.probability,
          cells: tests.map { test in
            test?.adjustedP.map {
              Cell(.number($0), text: MeasuredNumber.probability($0))
            } ?? .notApplicable
          }),
        ComparedColumn(
          "agreement", header: "agree", .test, importance: Importance.agreement,
          cells: tests.map { test in
            test.map { .text("\($0.agreeing) of \($0.pairs)") } ?? .notApplicable
          }),
        ComparedColumn(
          "verdict", .test, .left, importance: Importance.verdict,
          cells: tests.map { $0.map(Self.verdict) ?? .notApplicable }),
      ]
    }
    if ranks.contains(where: { $0 != nil }) {
      columns.append(
        ComparedColumn(
          "rank", header: "rank (95 %)", shortHeader: "rank", .test, importance: Importance.rank,
          cells: ranks.map { rank in
            rank.map { .text($0.low == $0.high ? "\($0.low)" : "\($0.low)–\($0.high)") }
              ?? .notApplicable
          }))
    }
    return columns
  }

  private static func verdict(_ test: RowTest) -> Comparison.Cell {
    let sign =
      switch test.verdict {
      case .settled: "s"
      case .likely: "l"
      case .notToldApart: "≈"
      case .noStatement: "?"
      }
    return Comparison.Cell(.text(test.verdict.rawValue), text: test.verdict.rawValue, short: sign)
  }

  /// `−0.013 ± 0.011`, with one number of decimals for the column.
  private func difference(_ tests: [RowTest?], header: String, short: String) -> ComparedColumn {
    let halves = tests.compactMap { $0?.interval }.map { ($0.high - $0.low) / 2 }
    let differences = tests.compactMap { $0 }.map { abs($0.difference) }.filter { $0 > 0 }
    let known =
      MeasuredNumber.columnDecimals(errors: halves, upTo: 3)
      ?? MeasuredNumber.columnDecimals(errors: differences) ?? 4
    let decimals = (differences.max() ?? 0) < 10 ? max(2, known) : known
    return ComparedColumn(
      "difference", header: header, shortHeader: short, .test, importance: Importance.difference,
      cells: tests.map { test in
        guard let test else { return .notApplicable }
        let value = NumberCell.text(test.difference, decimals)
        let half = test.interval.map { ($0.high - $0.low) / 2 }
        let text =
          half.map { value + " ± " + NumberCell.text($0, decimals) }
          ?? (test.pairs > 1 ? value + " ± 0" : value)
        return Cell(.number(test.difference), text: text)
      })
  }

  func flags(_ flags: [[Comparison.Flag]]) -> [ComparedColumn] {
    guard flags.contains(where: { !$0.isEmpty }) else { return [] }
    return [
      ComparedColumn(
        "flags", .flag, .left, importance: Importance.flags,
        cells: flags.map { flags in
          Cell(
            .text(flags.map(\.word).joined(separator: ", ")),
            text: flags.map(\.word).joined(separator: ", "),
            short: flags.map(\.sign).joined(separator: " "))
        })
    ]
  }
}
