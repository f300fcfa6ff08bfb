/// A value as a training call writes it, in JSON or in Python.
indirect enum WrittenValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([WrittenValue])
  case map([Entry])
  /// Anything that has to be computed, as written: a variable, a call.
  case expression(String)

  struct Entry: Sendable, Hashable {
    let key: String
    var value: WrittenValue
    /// From 1.
    let line: Int
  }

  /// As people read it.
  var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value): SpecComment.digits(value)
    case .text(let text): text.isEmpty ? "''" : text
    case .list(let values): "[\(values.map(\.description).joined(separator: ", "))]"
    case .map(let entries):
      "{\(entries.map { "\($0.key): \($0.value.description)" }.joined(separator: ", "))}"
    case .expression(let text): text
    }
  }

  /// Also of a text that says a number, as forms send them.
  var number: Double? {
    switch self {
    case .number(let value): value
    case .text(let text): Double(text)
    default: nil
    }
  }

  var integer: Int? { number.flatMap { Int(exactly: $0) } }

  var bool: Bool? {
    switch self {
    case .bool(let value): value
    case .number(let value): value != 0
    case .text(let text): ["true": true, "false": false][text.lowercased()]
    default: nil
    }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  /// A list, or one value as a list.
  var elements: [WrittenValue] { if case .list(let values) = self { values } else { [self] } }
}
