/// JSON that is written with sorted keys and every digit of its numbers.
package indirect enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  /// `null` where it is not finite, as JSON has no word for that.
  case number(Double)
  /// Also where a `Double` could not hold all digits.
  case whole(UInt64)
  case text(String)
  case list([JSONValue])
  case object([(String, JSONValue)])

  package static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
  package static func optional(_ number: Double?) -> JSONValue {
    number.map { .number($0) } ?? .null
  }

  /// - Parameter indent: of the line that it begins on; what holds nothing nested stays on one line.
  package func text(indent: Int) -> String {
    switch self {
    case .null: return "null"
    case .boolean(let flag): return "\(flag)"
    case .number(let number):
      guard number.isFinite else { return "null" }
      return Int(exactly: number).map { "\($0)" } ?? "\(number)"
    case .whole(let number): return "\(number)"
    case .text(let text): return JSONText.quoted(text)
    case .list(let elements):
      return Self.block("[", elements.map { $0.text(indent: indent + 2) }, "]", elements, indent)
    case .object(let entries):
      let sorted = entries.sorted { $0.0 < $1.0 }
      let texts = sorted.map { "\(JSONText.quoted($0.0)): \($0.1.text(indent: indent + 2))" }
      return Self.block("{", texts, "}", sorted.map(\.1), indent)
    }
  }

  private static func block(
    _ open: String, _ texts: [String], _ close: String, _ values: [JSONValue], _ indent: Int
  ) -> String {
    guard values.contains(where: \.holdsOthers) else {
      return open + texts.joined(separator: ", ") + close
    }
    let space = String(repeating: " ", count: indent + 2)
    return open + "\n" + texts.map { space + $0 }.joined(separator: ",\n") + "\n"
      + String(repeating: " ", count: indent) + close
  }

  private var holdsOthers: Bool {
    switch self {
    case .object: true
    case .list(let elements): elements.contains { $0.holdsOthers || $0.isList }
    default: false
    }
  }

  private var isList: Bool { if case .list = self { true } else { false } }
}
