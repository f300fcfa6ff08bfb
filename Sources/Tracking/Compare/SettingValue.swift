/// A value of a resolved spec, with components where a spec has components.
enum SettingValue: Sendable, Hashable {
  case none
  case boolean(Bool)
  /// Integers too.
  case number(Double)
  case text(String)
  case list([SettingValue])
  /// Losses, augmentations: each by its name with its settings, in their order.
  case components([Component])
  case mapping([String: SettingValue])

  struct Component: Sendable, Hashable {
    let name: String
    let settings: SettingValue
  }

  /// What a key of a mapping leads to, or the settings of a component of that name or position.
  subscript(key: String) -> SettingValue? {
    switch self {
    case .mapping(let entries): entries[key]
    case .components(let components):
      components.first { $0.name == key }?.settings
        ?? Int(key).flatMap { components.indices.contains($0) ? components[$0].settings : nil }
    default: nil
    }
  }

  /// The value at the end of a path such as `losses.dice.weight`.
  func value(at path: [String]) -> SettingValue? {
    path.reduce(self as SettingValue?) { $0?[$1] }
  }

  var mapping: [String: SettingValue]? {
    if case .mapping(let entries) = self { entries } else { nil }
  }

  /// An empty list is a list of no components.
  var components: [Component]? {
    switch self {
    case .components(let components): components
    case .list([]): []
    default: nil
    }
  }

  var isScalar: Bool {
    switch self {
    case .none, .boolean, .number, .text: true
    case .list, .components, .mapping: false
    }
  }
}

extension SettingValue {
  /// Elements that are a name with its settings each are components.
  static func list(of elements: [SettingValue]) -> SettingValue {
    let components = elements.compactMap { element -> Component? in
      guard let entries = element.mapping, entries.count == 1, let entry = entries.first,
        entry.value.mapping != nil
      else { return nil }
      return Component(name: entry.key, settings: entry.value)
    }
    return components.count == elements.count && !elements.isEmpty
      ? .components(components) : .list(elements)
  }
}

extension SettingValue {
  /// Adds the value to a hash that is the same in every process.
  func combine(into hash: inout StableHash) {
    switch self {
    case .none: hash.combine(0)
    case .boolean(let flag): hash.combine(flag ? 1 : 2)
    case .number(let number): hash.combine((number + 0).bitPattern)
    case .text(let text): hash.combine(text)
    case .list(let elements):
      hash.combine(3 + UInt64(elements.count))
      for element in elements { element.combine(into: &hash) }
    case .components(let components):
      hash.combine(4 + UInt64(components.count))
      for component in components {
        hash.combine(component.name)
        component.settings.combine(into: &hash)
      }
    case .mapping(let entries):
      hash.combine(5 + UInt64(entries.count))
      for key in entries.keys.sorted() {
        hash.combine(key)
        entries[key]?.combine(into: &hash)
      }
    }
  }
}
