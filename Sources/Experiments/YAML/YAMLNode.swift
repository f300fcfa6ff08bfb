internal import Datasets

/// A piece of YAML that knows where it was written.
struct YAMLNode: Sendable {
  var content: Content
  var mark: Mark
  /// True for a mapping that is written with `!replace`: it does not merge with what it inherits.
  var isReplacement = false

  enum Content: Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    /// In the order of writing; keys may be repeated.
    case mapping([YAMLEntry])
  }
}

/// A key with its value.
struct YAMLEntry: Sendable {
  var key: String
  var keyMark: Mark
  var value: YAMLNode
}

extension YAMLNode {
  var scalar: YAMLScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }
  var elements: [YAMLNode]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }
  var entries: [YAMLEntry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }
  var isNull: Bool { scalar?.value == .null }

  /// The value of that key, or `nil` where this is no mapping or the key is not in it.
  subscript(key: String) -> YAMLNode? { entries?.first { $0.key == key }?.value }

  /// As a message says what stands there instead of what should.
  var description: String {
    switch content {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar(let scalar): scalar.description
    }
  }

  /// The marks of the node, of its keys and of everything inside it.
  var marks: Set<Mark> {
    switch content {
    case .scalar: [mark]
    case .sequence(let elements): elements.reduce(into: [mark]) { $0.formUnion($1.marks) }
    case .mapping(let entries):
      entries.reduce(into: [mark]) { marks, entry in
        marks.insert(entry.keyMark)
        marks.formUnion(entry.value.marks)
      }
    }
  }

  /// Every key in this piece that repeats an earlier one of its mapping, with the earlier one.
  var repeatedKeys: [(key: YAMLEntry, first: YAMLEntry)] {
    switch content {
    case .scalar: return []
    case .sequence(let elements): return elements.flatMap(\.repeatedKeys)
    case .mapping(let entries):
      var seen: [String: YAMLEntry] = [:]
      return entries.flatMap { entry -> [(key: YAMLEntry, first: YAMLEntry)] in
        let first = seen[entry.key]
        if first == nil { seen[entry.key] = entry }
        return (first.map { [(entry, $0)] } ?? []) + entry.value.repeatedKeys
      }
    }
  }
}
