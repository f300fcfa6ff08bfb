/// An array of objects, one a row on a line of its own, with every digit of the numbers.
///
/// Keys are the columns' names in their order. A value over seeds is `{"mean", "std", "n"}`.
/// `null` stands for what is missing and, as JSON has no word for it, for an infinite number.
package struct JSONTable: TableFormat {
  package let name = "json"
  package let about = "An array of objects, for a program."

  package var showsWarnings: Bool { false }
  package var holdsEverything: Bool { true }

  package init() {}

  package func text(of table: ComparisonTable) -> String {
    let objects = table.rows.map { row in
      Self.object(
        zip(table.columns, row.cells).map { column, cell in
          (column.name, Self.value(cell, isSetting: column.kind == .hyperparameter))
        })
    }
    guard !objects.isEmpty else { return "[]\n" }
    return "[\n" + objects.map { "  " + $0 }.joined(separator: ",\n") + "\n]\n"
  }

  private static func object(_ entries: [(key: String, value: String)]) -> String {
    "{" + entries.map { "\(string($0.key)): \($0.value)" }.joined(separator: ", ") + "}"
  }

  private static func value(_ cell: ComparisonTable.Cell, isSetting: Bool) -> String {
    switch cell.value {
    case .missing: "null"
    case .integer where isSetting && isNumber(cell.text): cell.text
    case .number where isSetting && isNumber(cell.text): cell.text
    case .text(let text): string(text)
    case .boolean(let flag): "\(flag)"
    case .integer(let value): "\(value)"
    case .number(let value): number(value)
    case .statistics(let statistics):
      object([
        ("mean", number(statistics.mean)), ("std", statistics.deviation.map(number) ?? "null"),
        ("n", "\(statistics.count)"),
      ])
    }
  }

  /// Tells whether JSON writes a number so: without a sign, zeros or a point where it allows none.
  private static func isNumber(_ text: String) -> Bool {
    text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil
  }

  private static func number(_ number: Double) -> String {
    number.isFinite ? "\(number)" : "null"
  }

  private static func string(_ text: String) -> String { JSONText.quoted(text) }
}

extension TableFormat where Self == JSONTable {
  package static var json: JSONTable { JSONTable() }
}
