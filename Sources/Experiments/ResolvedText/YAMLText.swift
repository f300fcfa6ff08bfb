internal import Datasets

/// Writes YAML as a person would: mappings and components on lines of their own, lists of plain values on one.
struct YAMLText {
  /// A line, with the way to the value that ends on it.
  struct Line {
    let text: String
    /// Keys, and positions in lists; `nil` where the line only opens what follows.
    let path: [String]?
  }

  private(set) var lines: [Line] = []

  init(_ node: YAMLNode) { write(node, indent: 0, path: []) }

  var text: String { lines.map { $0.text + "\n" }.joined() }

  private mutating func write(_ node: YAMLNode, indent: Int, path: [String], lead: String = "") {
    let blank = String(repeating: " ", count: indent)
    var lead = lead
    switch node.content {
    case .mapping(let entries) where !entries.isEmpty:
      for entry in entries {
        let start = (lead.isEmpty ? blank : lead) + Self.written(entry.key, isPlain: false) + ":"
        lead = ""
        let way = path + [entry.key]
        if let value = Self.onOneLine(entry.value) {
          lines.append(Line(text: "\(start) \(value)", path: way))
        } else {
          lines.append(Line(text: start, path: nil))
          write(entry.value, indent: indent + 2, path: way)
        }
      }
    case .sequence(let elements):
      for (index, element) in elements.enumerated() {
        let way = path + ["\(index)"]
        if let value = Self.onOneLine(Self.named(element)) {
          lines.append(Line(text: "\(blank)- \(value)", path: way))
        } else {
          write(element, indent: indent + 2, path: way, lead: "\(blank)- ")
        }
      }
    default: lines.append(Line(text: blank + (Self.onOneLine(node) ?? ""), path: path))
    }
  }

  /// `dice` for `{dice: {}}`, a component without settings.
  private static func named(_ node: YAMLNode) -> YAMLNode {
    guard let entries = node.entries, entries.count == 1, entries[0].value.entries?.isEmpty == true
    else { return node }
    return YAMLNode(
      content: .scalar(YAMLScalar(text: entries[0].key, isPlain: true)), mark: node.mark)
  }

  /// A scalar, what is empty, or a list of lists of scalars; `nil` for anything else.
  private static func onOneLine(_ node: YAMLNode) -> String? {
    switch node.content {
    case .scalar(let scalar): return written(scalar.text, isPlain: scalar.value != .text)
    case .mapping(let entries): return entries.isEmpty ? "{}" : nil
    case .sequence(let elements):
      guard elements.allSatisfy({ $0.entries == nil }) else { return nil }
      let texts = elements.compactMap(onOneLine)
      return texts.count == elements.count ? "[" + texts.joined(separator: ", ") + "]" : nil
    }
  }

  /// - Parameter isPlain: whether it means something else than text, which quotes would take away.
  private static func written(_ text: String, isPlain: Bool) -> String {
    if isPlain { return text }
    let first = text.unicodeScalars.first.map {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "/" || $0 == "."
    }
    let isSafe = text.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "_-./ ".unicodeScalars.contains(scalar))
    }
    guard first == true, isSafe, text.last != " ", !text.contains("  "),
      YAMLScalar(text: text, isPlain: true).value == .text
    else { return CanonicalJSON.text(text).text }
    return text
  }
}
