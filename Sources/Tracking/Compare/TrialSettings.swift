internal import Foundation

/// Everything in a trial's resolved spec that decides results, but for the seed and the
/// fold.
struct TrialSettings: Hashable {
  /// By path: `training.epochs`, `losses[0].dice.weight`; a list of scalars is one value.
  private(set) var values: [String: String] = [:]

  /// A spec that cannot be read is a single value, so that it still equals itself alone.
  init(_ trial: TrialRecord) {
    let text = trial.resolvedSpec
    guard let spec = try? JSONDecoder().decode([String: Node].self, from: Data(text.utf8)) else {
      values[""] = text
      return
    }
    let ignored = TrialRecord.namesAndLimits.union(["seed"])
    for (key, node) in spec where !ignored.contains(key) { add(node, at: key) }
    values[TrialRecord.foldPath] = nil
  }

  private mutating func add(_ node: Node, at path: String) {
    switch node {
    case .scalar(let text): values[path] = text
    case .list(let nodes):
      let scalars = nodes.compactMap(\.scalar)
      if scalars.count == nodes.count {
        values[path] = "[\(scalars.joined(separator: ", "))]"
      } else {
        for (index, node) in nodes.enumerated() { add(node, at: "\(path)[\(index)]") }
      }
    case .mapping(let entries):
      if entries.isEmpty { values[path] = "{}" }
      for (key, node) in entries { add(node, at: "\(path).\(key)") }
    }
  }

  /// JSON, with scalars as their text.
  private enum Node: Decodable {
    case scalar(String)
    case list([Node])
    case mapping([String: Node])

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .scalar("none")
      } else if let flag = try? value.decode(Bool.self) {
        self = .scalar("\(flag)")
      } else if let number = try? value.decode(Int.self) {
        self = .scalar("\(number)")
      } else if let number = try? value.decode(Double.self) {
        self = .scalar("\(number)")
      } else if let text = try? value.decode(String.self) {
        self = .scalar(text)
      } else if let nodes = try? value.decode([Node].self) {
        self = .list(nodes)
      } else {
        self = .mapping(try value.decode([String: Node].self))
      }
    }

    var scalar: String? {
      if case .scalar(let text) = self { text } else { nil }
    }
  }
}

extension TrialSettings {
  /// The paths whose values are not the same in all of the settings, sorted.
  static func differences(_ settings: [TrialSettings]) -> [String] {
    Set(settings.flatMap(\.values.keys)).filter { path in
      Set(settings.map { $0.values[path] }).count > 1
    }.sorted()
  }
}
