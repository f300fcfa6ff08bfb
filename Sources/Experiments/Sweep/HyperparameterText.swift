internal import Datasets

/// How a table shows the values that a path takes.
enum HyperparameterText {
  /// A text for each value: without the settings of components, unless another value of the path
  /// would then look the same.
  static func texts(of values: [YAMLNode]) -> [String] {
    let full = values.map { text($0, withSettings: true) }
    let short = values.map { text($0, withSettings: false) }
    var meanings: [String: Set<String>] = [:]
    for (short, full) in zip(short, full) { meanings[short, default: []].insert(full) }
    return zip(short, full).map { meanings[$0]?.count == 1 ? $0 : $1 }
  }

  /// Scalars as written; components as `cross_entropy + dice (weight: 0.5)`, with or without what
  /// is in brackets; anything else as YAML on one line.
  private static func text(_ node: YAMLNode, withSettings: Bool) -> String {
    if let component = component(node) {
      let settings = withSettings ? component.settings.map(pair).joined(separator: ", ") : ""
      return component.name + (settings.isEmpty ? "" : " (\(settings))")
    }
    if let elements = node.elements, !elements.isEmpty,
      elements.allSatisfy({ component($0) != nil })
    {
      return elements.map { text($0, withSettings: withSettings) }.joined(separator: " + ")
    }
    return yaml(node)
  }

  /// A component's name and settings, for `dice`, `dice: {…}` and `{name: unet, …}`.
  private static func component(_ node: YAMLNode) -> (name: String, settings: [YAMLEntry])? {
    switch node.content {
    case .sequence: return nil
    case .scalar(let scalar): return scalar.value == .text ? (scalar.text, []) : nil
    case .mapping(let entries):
      if let name = node["name"]?.scalar?.text {
        return (name, entries.filter { $0.key != "name" })
      }
      guard entries.count == 1, let only = entries.first else { return nil }
      return only.value.entries.map { (only.key, $0) }
    }
  }

  /// YAML on one line.
  private static func yaml(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let scalar): scalar.value == .null ? "none" : scalar.text
    case .sequence(let elements): "[" + elements.map(yaml).joined(separator: ", ") + "]"
    case .mapping(let entries): "{" + entries.map(pair).joined(separator: ", ") + "}"
    }
  }

  private static func pair(_ entry: YAMLEntry) -> String { "\(entry.key): \(yaml(entry.value))" }
}
