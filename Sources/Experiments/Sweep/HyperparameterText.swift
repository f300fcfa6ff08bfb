/// How a table shows the values that a path takes.
enum HyperparameterText {
  /// A text for each value: as short as tells the values of the path apart.
  static func texts(of values: [YAMLNode]) -> [String] {
    let full = values.map(full)
    let short = values.map(short)
    return Set(zip(full, short).map { [$0, $1] }).count == Set(short).count ? short : full
  }

  /// Scalars as written; a component as its name; a list of components as `cross_entropy + dice`.
  static func short(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let scalar): scalar.value == .null ? "none" : scalar.text
    case .mapping(let entries):
      if let name = node["name"]?.scalar?.text {
        name
      } else if entries.count == 1, let only = entries.first {
        only.key
      } else {
        full(node)
      }
    case .sequence(let elements):
      if !elements.isEmpty, elements.allSatisfy(isComponent) {
        elements.map(short).joined(separator: " + ")
      } else {
        full(node)
      }
    }
  }

  /// YAML on one line.
  static func full(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let scalar): scalar.value == .null ? "none" : scalar.text
    case .sequence(let elements): "[" + elements.map(full).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key): \(full($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// Whether this reads as `dice` or `dice: {…}`.
  private static func isComponent(_ node: YAMLNode) -> Bool {
    switch node.content {
    case .scalar(let scalar): scalar.value == .text
    case .mapping(let entries): entries.count == 1
    case .sequence: false
    }
  }
}
