internal import Datasets
internal import Groundwork

/// A JSON Schema (draft 07) of what may be written somewhere in a spec, for editors and other validators.
struct JSONSchema: Sendable {
  /// Whether a spec says everything itself.
  enum Extent: Sendable {
    /// What is required must be written.
    case whole
    /// Another file or a sweep may say the rest, and a key without a value takes away what another file says.
    case part
  }

  private let entries: @Sendable (Extent) -> [String: CanonicalJSON]

  init(_ entries: @escaping @Sendable (Extent) -> [String: CanonicalJSON]) {
    self.entries = entries
  }

  init(_ entries: [String: CanonicalJSON]) { self.init { _ in entries } }

  func json(_ extent: Extent) -> CanonicalJSON { .object(entries(extent)) }

  /// The same with further keywords.
  func adding(_ keywords: [String: CanonicalJSON]) -> JSONSchema {
    JSONSchema { extent in
      let own = entries(extent)
      // What stands beside a reference is ignored.
      let isReference = own["$ref"] != nil
      return (isReference ? ["allOf": .list([.object(own)])] : own).merging(keywords) { $1 }
    }
  }
}

// MARK: - What values are

extension JSONSchema {
  /// What YAML has one of several types for.
  static func types(_ names: String...) -> JSONSchema {
    JSONSchema([
      "type": names.count == 1 ? .text(names[0]) : .list(names.map { .text($0) })
    ])
  }

  /// Any scalar with a value.
  static let scalar = types("string", "number", "boolean")

  static func integer(in range: ClosedRange<Int>) -> JSONSchema {
    var limits = ["minimum": CanonicalJSON.integer(range.lowerBound)]
    if range.upperBound < .max { limits["maximum"] = .integer(range.upperBound) }
    return types("integer").adding(limits)
  }

  static func number(_ bounds: Bounds) -> JSONSchema {
    var limits: [String: CanonicalJSON] = [:]
    if bounds.lower.isFinite {
      limits[bounds.lowerIsOpen ? "exclusiveMinimum" : "minimum"] = .number(bounds.lower)
    }
    if bounds.upper.isFinite {
      limits[bounds.upperIsOpen ? "exclusiveMaximum" : "maximum"] = .number(bounds.upper)
    }
    return types("number").adding(limits)
  }

  static func names(_ names: [String]) -> JSONSchema {
    JSONSchema(["enum": .list(names.map { .text($0) })])
  }

  /// Text that a regular expression fits.
  static func text(_ pattern: String) -> JSONSchema {
    types("string").adding(["pattern": .text(pattern)])
  }

  static func anyOf(_ schemas: [JSONSchema]) -> JSONSchema {
    if schemas.count == 1 { return schemas[0] }
    return JSONSchema { extent in ["anyOf": .list(schemas.map { $0.json(extent) })] }
  }

  /// - Parameter count: of the elements.
  static func list(of element: JSONSchema, count: ClosedRange<Int>? = nil) -> JSONSchema {
    JSONSchema { extent in
      var entries: [String: CanonicalJSON] = [
        "type": .text("array"), "items": element.json(extent),
      ]
      if let count {
        entries["minItems"] = .integer(count.lowerBound)
        if count.upperBound < .max { entries["maxItems"] = .integer(count.upperBound) }
      }
      return entries
    }
  }

  /// A mapping whose keys a spec makes up itself.
  static func mapping(to value: JSONSchema) -> JSONSchema {
    JSONSchema { extent in
      ["type": .text("object"), "additionalProperties": value.json(extent)]
    }
  }

  /// The same mapping with a key at least.
  var notEmpty: JSONSchema { adding(["minProperties": .integer(1)]) }

  /// What is defined once, at the end of the schema.
  static func definition(_ name: String) -> JSONSchema {
    JSONSchema { extent in
      ["$ref": .text("#/definitions/\(definitionName(name, extent))")]
    }
  }

  static func definitionName(_ name: String, _ extent: Extent) -> String {
    extent == .whole ? name : "\(name)_part"
  }
}
