internal import Datasets
internal import Groundwork
internal import Tracking

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
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to output: inout String) {
    switch self {
    case .text(let text): Self.quote(text, to: &output)
    case .integer(let value): output += String(value)
    case .number(let value): output += value == 0 ? "0.0" : String(value)
    case .boolean(let value): output += String(value)
    case .list(let elements):
      output += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { output += "," }
        element.write(to: &output)
      }
      output += "]"
    case .object(let entries):
      output += "{"
      let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      for (index, entry) in sorted.enumerated() {
        if index > 0 { output += "," }
        Self.quote(entry.key, to: &output)
        output += ":"
        entry.value.write(to: &output)
      }
      output += "}"
    }
  }

  /// Escapes what JSON must, and what YAML would fold, forbid or take for the end of a line.
  private static func quote(_ text: String, to output: inout String) {
    output += "\""
    defer { output += "\"" }
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
      output += text
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": output += "\\" + String(scalar)
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}",
        "\u{FFFE}", "\u{FFFF}":
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
  }
}

extension CanonicalJSON {
  /// What stands for a setting that is not made.
  static let nothing = CanonicalJSON.text("none")

  /// As a spec writes it on one line.
  var words: String {
    switch self {
    case .text(let text): text
    case .integer(let value): String(value)
    case .number(let value): Bounds.text(value)
    case .boolean(let value): String(value)
    case .list(let elements): "[\(elements.map(\.words).joined(separator: ", "))]"
    case .object(let entries):
      "{\(entries.sorted { $0.key < $1.key }.map { "\($0): \($1.words)" }.joined(separator: ", "))}"
    }
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
    case .layers(let layers): self = .list(layers.map { CanonicalJSON($0) })
    }
  }

  /// Where a bare number means iterations.
  init(_ interval: TrainingInterval) {
    switch interval {
    case .iterations(let count): self = .integer(count)
    case .epochs: self = .text(interval.text)
    }
  }

  /// A piece of YAML; a key that is repeated counts once, and what JSON has no word for is text.
  init(_ node: YAMLNode) {
    switch node.content {
    case .sequence(let elements): self = .list(elements.map { CanonicalJSON($0) })
    case .mapping(let entries):
      self = .object(
        Dictionary(entries.map { ($0.key, CanonicalJSON($0.value)) }) { first, _ in first })
    case .scalar(let scalar):
      switch scalar.value {
      case .boolean(let value): self = .boolean(value)
      case .integer(let value?): self = .integer(value)
      case .number(let value) where value.isFinite: self = .number(value)
      default: self = .text(scalar.text)
      }
    }
  }

  init(_ size: Size) { self = .list([.integer(size.height), .integer(size.width)]) }
}
