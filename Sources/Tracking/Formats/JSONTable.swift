/// An array of objects, one a row on a line of its own, with every digit of the numbers.
///
/// Keys are the columns' names in their order. A figure over seeds is `{"mean", "std", "n"}`.
/// `null` stands for what is missing and, as JSON has no word for it, for an infinite number.
public struct JSONTable: TableFormat {
  public let name = "json"
  public let about = "An array of objects, for a program."

  public init() {}

  public func text(of table: ComparisonTable) -> String {
    let objects = table.rows.map { row in
      Self.object(zip(table.columns, row.cells).map { ($0.name, Self.value($1.value)) })
    }
    guard !objects.isEmpty else { return "[]\n" }
    return "[\n" + objects.map { "  " + $0 }.joined(separator: ",\n") + "\n]\n"
  }

  private static func object(_ entries: [(key: String, value: String)]) -> String {
    "{" + entries.map { "\(string($0.key)): \($0.value)" }.joined(separator: ", ") + "}"
  }

  private static func value(_ value: ComparisonTable.Cell.Value) -> String {
    switch value {
    case .missing: "null"
    case .text(let text): string(text)
    case .integer(let value): "\(value)"
    case .number(let value): number(value)
    case .statistics(let statistics):
      object([
        ("mean", number(statistics.mean)), ("std", statistics.deviation.map(number) ?? "null"),
        ("n", "\(statistics.count)"),
      ])
    }
  }

  private static func number(_ number: Double) -> String {
    number.isFinite ? "\(number)" : "null"
  }

  private static func string(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": escaped += "\\\(scalar)"
      case "\n": escaped += "\\n"
      case "\t": escaped += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return "\"\(escaped)\""
  }
}

extension TableFormat where Self == JSONTable {
  public static var json: JSONTable { JSONTable() }
}
