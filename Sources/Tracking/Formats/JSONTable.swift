/// The whole comparison as one JSON object, with every digit of the numbers, for a program.
///
/// Keys are sorted. What is not a finite number is `null`, with the reason beside it under `why`.
package struct JSONTable: TableFormat {
  package static let schema = "experiments.compare/1"

  package let name = "json"
  package let about = "An object with columns, rows, tests and notes, for a program."

  package var holdsEverything: Bool { true }

  package init() {}

  package func text(of table: Comparison) -> String {
    let shown = table.columns.filter { $0.kind != .test && $0.kind != .flag && $0.name != "row" }
    let places = shown.compactMap { column in table.columns.firstIndex(of: column) }
    let rows = table.rows.enumerated().map { index, row in
      Self.row(table, row, index, zip(shown, places).map { ($0, row.cells[$1]) })
    }
    let tests = table.rows.indices.compactMap { index in
      table.rows[index].test.map { Self.test($0, row: index) }
    }
    return Self.object([
      ("schema", .text(Self.schema)),
      ("query", table.stamp.map { .text($0.query) } ?? .null),
      ("store", table.stamp.map { .text($0.store) } ?? .null),
      ("program", table.stamp.map { .text($0.program) } ?? .null),
      (
        "objective",
        .object([
          ("path", .text(table.objective.name)), ("title", .text(table.objective.title)),
          ("direction", .text(table.objective.higherIsBetter ? "higher" : "lower")),
        ])
      ),
      ("replicates", .text(table.replicates)),
      ("columns", .list(shown.map(Self.column))),
      ("rows", .list(rows)),
      ("tests", .list(tests)),
      (
        "baseline",
        table.baseline.map { baseline in
          .object([
            ("row", .number(Double(baseline.row))), ("chosen", .boolean(baseline.isChosen)),
          ])
        } ?? .null
      ),
      (
        "verdict",
        table.answer.map { answer in
          .object([
            ("word", .text(answer.verdict.rawValue)), ("sentence", .text(answer.sentence)),
            ("possible", .list(answer.possible.map { .number(Double($0)) })),
            ("seeds_needed", answer.seedsNeeded.map { .number(Double($0.seeds)) } ?? .null),
          ])
        } ?? .null
      ),
      ("equal_columns", .number(Double(table.equalColumns))),
      ("warnings", .list(table.warnings.map { .text($0) })),
      ("notes", .list(table.notes.map { .text($0) })),
    ]).text(indent: 0) + "\n"
  }

  private static func column(_ column: Comparison.Column) -> JSONValue {
    let direction = column.higherIsBetter.map { $0 ? "higher" : "lower" }
    return object([
      ("id", .text(column.name)), ("path", .text(column.path)), ("title", .text(column.header)),
      ("kind", .text(column.kind.rawValue)), ("statistic", .optional(column.statistic)),
      ("at", .optional(column.at)), ("unit", .optional(column.unit)),
      ("direction", .optional(direction)),
    ])
  }

  private static func row(
    _ table: Comparison, _ row: Comparison.Row, _ index: Int,
    _ cells: [(column: Comparison.Column, cell: Comparison.Cell)]
  ) -> JSONValue {
    object([
      ("row", .number(Double(index))), ("label", .text(row.label)),
      ("trials", .list(row.runs.map { .text($0.id) })),
      ("best", .boolean(row.isBest)),
      ("flags", .list(row.flags.map { .text($0.word) })),
      (
        "rank",
        row.rank.map { rank in
          object([
            ("low", .number(Double(rank.low))), ("high", .number(Double(rank.high))),
            ("probability_best", .number(rank.probabilityBest)),
          ])
        } ?? .null
      ),
      ("cells", object(cells.map { ($0.column.name, value($0.cell)) })),
    ])
  }

  private static func value(_ cell: Comparison.Cell) -> JSONValue {
    switch cell.value {
    case .absent(let absence):
      return object([("value", .null), ("why", .text(absence.reason))])
    case .text(let text): return object([("value", .text(text))])
    case .boolean(let flag): return object([("value", .boolean(flag))])
    case .integer(let number): return object([("value", .number(Double(number)))])
    case .number(let number): return object(finite("value", number))
    case .measured(let replicates):
      let summary = replicates.summary
      let interval = summary?.interval()
      return object([
        ("mean", .optional(summary?.mean)), ("std", .optional(summary?.deviation)),
        ("n", .number(Double(summary?.count ?? 0))),
        ("interval", interval.map { .list([.number($0.low), .number($0.high)]) } ?? .null),
        ("values", .list(replicates.entries.map { .number($0.value) })),
        ("seeds", .list(replicates.entries.map { .whole($0.seed) })),
        ("folds", .list(replicates.entries.compactMap { $0.fold.map { .text($0) } })),
        ("trials", .list(replicates.entries.map { .text($0.run.id) })),
      ])
    }
  }

  private static func finite(_ key: String, _ number: Double) -> [(String, JSONValue)] {
    number.isFinite
      ? [(key, .number(number))]
      : [(key, .null), ("why", .text(number.isNaN ? "not a number" : number < 0 ? "-inf" : "inf"))]
  }

  private static func test(_ test: RowTest, row: Int) -> JSONValue {
    object([
      ("row", .number(Double(row))), ("kind", .text(test.kind.rawValue)),
      ("pairs", .number(Double(test.pairs))), ("difference", .number(test.difference)),
      ("interval", test.interval.map { .list([.number($0.low), .number($0.high)]) } ?? .null),
      ("t", .optional(test.t)), ("df", .optional(test.degreesOfFreedom)), ("p", .optional(test.p)),
      ("holm", .optional(test.adjustedP)), ("exact_p", .optional(test.exactP)),
      ("exact_holm", .optional(test.adjustedExactP)), ("wilcoxon_p", .optional(test.rankP)),
      ("wins", .number(Double(test.wins))), ("losses", .number(Double(test.losses))),
      ("ties", .number(Double(test.ties))), ("hedges_gz", .optional(test.hedgesGz)),
      ("probability_of_improvement", .number(test.probabilityOfImprovement)),
      ("seeds_needed", test.seedsNeeded.map { .number(Double($0)) } ?? .null),
      ("verdict", .text(test.verdict.rawValue)),
    ])
  }

  private static func object(_ entries: [(String, JSONValue)]) -> JSONValue { .object(entries) }
}

extension TableFormat where Self == JSONTable {
  package static var json: JSONTable { JSONTable() }
}
