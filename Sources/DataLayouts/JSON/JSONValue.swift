/// A value of a JSON file.
enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  /// A list of numbers alone, which is what most of an annotation is.
  case numbers([Double])
  case object([String: JSONValue])

  subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  var number: Double? {
    switch self {
    case .number(let number): number
    case .bool(let bool): bool ? 1 : 0
    default: nil
    }
  }

  /// A whole number, also as text: ids are written in both ways.
  var integer: Int? {
    switch self {
    case .number(let number): Int(exactly: number)
    case .bool(let bool): bool ? 1 : 0
    case .text(let text): Int(text)
    default: nil
    }
  }

  var isNull: Bool { if case .null = self { true } else { false } }

  var list: [JSONValue]? {
    switch self {
    case .list(let values): values
    case .numbers(let numbers): numbers.map { .number($0) }
    default: nil
    }
  }

  var numbers: [Double]? {
    switch self {
    case .numbers(let numbers): numbers
    case .list(let values) where values.isEmpty: []
    default: nil
    }
  }

  var object: [String: JSONValue]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// Corners, as pairs `[[x, y], …]`; `nil` where it is something else.
  var points: [Point]? {
    guard let list else { return nil }
    let points = list.compactMap { pair -> Point? in
      guard let numbers = pair.numbers, numbers.count >= 2 else { return nil }
      return Point(numbers[0], numbers[1])
    }
    return points.count == list.count ? points : nil
  }
}
