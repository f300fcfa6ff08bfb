internal import Groundwork

extension JSONSchema {
  /// A mapping with keys of its own.
  ///
  /// - Parameters:
  ///   - properties: the keys, each with what may be written.
  ///   - presences: of the keys of a section.
  ///   - groups: which of them go together.
  ///   - conditions: what else must hold.
  ///   - isOpen: whether conditions say which further keys there are.
  static func object(
    _ properties: [(name: String, schema: JSONSchema)],
    presences: [(name: String, presence: SpecSection.Presence)] = [], groups: [KeyGroup] = [],
    conditions: [JSONSchema] = [], isOpen: Bool = false
  ) -> JSONSchema {
    JSONSchema { extent in
      var entries: [String: CanonicalJSON] = [
        "type": .text("object"),
        "properties": .object(
          Dictionary(
            properties.map { ($0.name, $0.schema.value(extent)) },
            uniquingKeysWith: { first, _ in first })),
      ]
      if !isOpen { entries["additionalProperties"] = .boolean(false) }
      let required = presences.filter { $0.presence == .required }.map(\.name)
      if extent == .whole, !required.isEmpty { entries["required"] = Self.texts(required) }
      let all =
        presences.compactMap { Self.condition($0.name, $0.presence, extent) }
        + groups.flatMap { Self.conditions(of: $0, extent) } + conditions.map { $0.json(extent) }
      if !all.isEmpty { entries["allOf"] = .list(all) }
      return entries
    }
  }

  /// The value of a key, which may be taken away where another file says it.
  private func value(_ extent: Extent) -> CanonicalJSON {
    guard extent == .part else { return json(extent) }
    return .object(["anyOf": .list([json(extent), .object(["type": .text("null")])])])
  }

  private static func condition(
    _ name: String, _ presence: SpecSection.Presence, _ extent: Extent
  ) -> CanonicalJSON? {
    guard extent == .whole, case .requiredUnless(let other) = presence else { return nil }
    return .object(["anyOf": .list([written([other]), written([name])])])
  }

  private static func conditions(of group: KeyGroup, _ extent: Extent) -> [CanonicalJSON] {
    let names = group.names
    let pairs = names.indices.flatMap { first in
      names[(first + 1)...].map { second in
        CanonicalJSON.object(["not": written([names[first], second])])
      }
    }
    guard case .exactlyOne = group, extent == .whole else { return pairs }
    return pairs + [.object(["anyOf": .list(names.map { written([$0]) })])]
  }

  private static func written(_ names: [String]) -> CanonicalJSON {
    .object(["required": Self.texts(names)])
  }

  private static func texts(_ names: [String]) -> CanonicalJSON {
    .list(names.map { .text($0) })
  }
}
