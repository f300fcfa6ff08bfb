internal import Datasets
internal import Groundwork

/// A JSON Schema of a spec, with which editors complete and check what is typed.
///
/// It comes from the declarations of the sections and components. It says what each value may be; what only shows
/// in several values together, in the data or in the network, `experiments check` finds.
enum SpecSchema {
  static var text: String { indented(document) + "\n" }

  static var document: CanonicalJSON {
    // What a base file or a sweep says need not be written in the spec.
    let isPart = CanonicalJSON.object([
      "anyOf": .list(
        [BaseFiles.key, SweepSection.key].map { .object(["required": .list([.text($0)])]) })
    ])
    func spec(_ extent: JSONSchema.Extent) -> CanonicalJSON {
      JSONSchema.definition(specName).json(extent)
    }
    return .object([
      "$schema": .text("http://json-schema.org/draft-07/schema#"),
      "title": .text("Spec of an experiment"), "description": .text(SpecDraft.about),
      "type": .text("object"), "properties": .object(keys), "if": isPart, "then": spec(.part),
      "else": spec(.whole), "definitions": .object(definitions),
    ])
  }

  /// The top-level keys with what each may hold at most: editors that look no further than here complete them.
  private static var keys: [String: CanonicalJSON] {
    let part = JSONSchema.definitionName(specName, .part)
    return Dictionary(
      uniqueKeysWithValues: SpecDraft.properties.map { name, _ in
        (name, .object(["$ref": .text("#/definitions/\(part)/properties/\(name)")]))
      })
  }

  private static let specName = "spec"

  private static var definitions: [String: CanonicalJSON] {
    var definitions: [String: CanonicalJSON] = [:]
    for (name, schema) in [(specName, spec)] + JSONSchema.definitions {
      for extent in [JSONSchema.Extent.whole, .part] {
        definitions[JSONSchema.definitionName(name, extent)] = schema.json(extent)
      }
    }
    return definitions
  }

  private static var spec: JSONSchema {
    .object(
      SpecDraft.properties.map { name, schema in
        (name, name == SweepSection.key ? SweepSection.schema : schema)
      }, presences: SpecDraft.keys.map { ($0.name, $0.presence) })
  }
}

// MARK: - Text

extension SpecSchema {
  /// JSON with a line for each value, keys sorted; what is short stays on one line.
  private static func indented(_ value: CanonicalJSON, by indent: String = "") -> String {
    let inner = indent + " "
    let line = value.text
    if line.count + indent.count <= 100 { return line }
    switch value {
    case .list(let elements):
      let lines = elements.map { inner + indented($0, by: inner) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
    case .object(let entries):
      let lines = entries.sorted { $0.key < $1.key }.map { key, value in
        "\(inner)\(CanonicalJSON.text(key).text): \(indented(value, by: inner))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    case .text, .integer, .number, .boolean: return line
    }
  }
}
