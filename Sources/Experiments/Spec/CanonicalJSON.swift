internal import Engine

/// JSON with one text for one value: keys sorted, no spaces, shortest numbers that read back the
/// same.
enum CanonicalJSON: Sendable, Hashable {
  case text(String)
  case integer(Int)
  /// Finite.
  case number(Double)
  case boolean(Bool)
  case list([CanonicalJSON])
  case object([String: CanonicalJSON])

  var text: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .integer(let value): String(value)
    case .number(let value): value == 0 ? "0.0" : String(value)
    case .boolean(let value): String(value)
    case .list(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .object(let entries):
      "{"
        + entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { Self.quoted($0.key) + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }

  /// Escapes what JSON must, and what YAML would fold, forbid or take for the end of a line.
  private static func quoted(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
      return "\"" + text + "\""
    }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}",
        "\u{FFFE}", "\u{FFFF}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension CanonicalJSON {
  init(_ value: FieldValue) {
    switch value {
    case .number(let value): self = .number(value)
    case .integer(let value): self = .integer(value)
    case .boolean(let value): self = .boolean(value)
    case .name(let name): self = .text(name)
    case .names(let names): self = .list(names.map { .text($0) })
    case .size(let size): self.init(size)
    case .numbers(let values): self = .list(values.map { .number($0) })
    case .byName(let values): self = .object(values.mapValues { .number($0) })
    case .interval(let interval): self.init(interval)
    case .intervals(let intervals): self = .list(intervals.map { CanonicalJSON($0) })
    case .solver(let settings):
      let fields = settings.values.recorded.mapValues { CanonicalJSON($0) }
      self = .object(fields.merging(["type": .text(settings.name)]) { $1 })
    }
  }

  /// Where a bare number means iterations.
  init(_ interval: TrainingConfiguration.Interval) {
    switch interval {
    case .iterations(let count): self = .integer(count)
    case .epochs: self = .text(interval.text)
    }
  }

  init(_ size: Size) { self = .list([.integer(size.height), .integer(size.width)]) }
}
