@testable import Experiments
import Foundation

/// Tells whether a JSON Schema (draft 07) accepts a value, with the keywords that ``SpecSchema`` uses.
struct SchemaEvaluator {
  private let document: CanonicalJSON

  init(_ document: CanonicalJSON) { self.document = document }

  func accepts(_ value: CanonicalJSON) -> Bool { fits(value, document) }

  private func fits(_ value: CanonicalJSON, _ schema: CanonicalJSON) -> Bool {
    guard case .object(let keywords) = schema else { return schema != .boolean(false) }
    if let reference = keywords["$ref"]?.string { return fits(value, definition(reference)) }
    return fitsConditions(value, keywords) && fitsType(value, keywords)
      && fitsScalar(value, keywords) && fitsList(value, keywords) && fitsObject(value, keywords)
  }

  /// - Parameter reference: a path of keys from the document's root, `#/definitions/loss`.
  private func definition(_ reference: String) -> CanonicalJSON {
    var schema: CanonicalJSON? = document
    for key in reference.split(separator: "/").dropFirst() { schema = schema?[String(key)] }
    return schema ?? .boolean(false)
  }

  private func fitsConditions(
    _ value: CanonicalJSON, _ keywords: [String: CanonicalJSON]
  ) -> Bool {
    if let parts = keywords["anyOf"]?.list, !parts.contains(where: { fits(value, $0) }) {
      return false
    }
    if let parts = keywords["allOf"]?.list, !parts.allSatisfy({ fits(value, $0) }) { return false }
    if let other = keywords["not"], fits(value, other) { return false }
    guard let condition = keywords["if"] else { return true }
    let next = fits(value, condition) ? keywords["then"] : keywords["else"]
    return next.map { fits(value, $0) } ?? true
  }

  private func fitsType(_ value: CanonicalJSON, _ keywords: [String: CanonicalJSON]) -> Bool {
    guard let type = keywords["type"] else { return true }
    let names = type.list?.compactMap(\.string) ?? [type.string].compactMap(\.self)
    return names.contains { name in
      switch (name, value) {
      case ("string", .text), ("boolean", .boolean), ("array", .list), ("object", .object),
        ("integer", .integer), ("number", .integer), ("number", .number):
        true
      default: false
      }
    }
  }

  private func fitsScalar(_ value: CanonicalJSON, _ keywords: [String: CanonicalJSON]) -> Bool {
    if let names = keywords["enum"]?.list, !names.contains(value) { return false }
    if let pattern = keywords["pattern"]?.string, let text = value.string,
      let expression = try? Regex(pattern), text.firstMatch(of: expression) == nil
    {
      return false
    }
    guard let number = value.double else { return true }
    return (keywords["minimum"]?.double.map { number >= $0 } ?? true)
      && (keywords["maximum"]?.double.map { number <= $0 } ?? true)
      && (keywords["exclusiveMinimum"]?.double.map { number > $0 } ?? true)
      && (keywords["exclusiveMaximum"]?.double.map { number < $0 } ?? true)
  }

  private func fitsList(_ value: CanonicalJSON, _ keywords: [String: CanonicalJSON]) -> Bool {
    guard let elements = value.list else { return true }
    let count = Double(elements.count)
    guard keywords["minItems"]?.double.map({ count >= $0 }) ?? true,
      keywords["maxItems"]?.double.map({ count <= $0 }) ?? true,
      keywords["uniqueItems"] != .boolean(true) || Set(elements).count == elements.count
    else { return false }
    switch keywords["items"] {
    case .list(let schemas): return zip(elements, schemas).allSatisfy { fits($0, $1) }
    case .some(let schema): return elements.allSatisfy { fits($0, schema) }
    case nil: return true
    }
  }

  private func fitsObject(_ value: CanonicalJSON, _ keywords: [String: CanonicalJSON]) -> Bool {
    guard case .object(let entries) = value else { return true }
    let count = Double(entries.count)
    let required = keywords["required"]?.list?.compactMap(\.string) ?? []
    guard required.allSatisfy({ entries[$0] != nil }),
      keywords["propertyNames"].map({ names in
        entries.keys.allSatisfy { fits(.text($0), names) }
      }) ?? true,
      keywords["minProperties"]?.double.map({ count >= $0 }) ?? true,
      keywords["maxProperties"]?.double.map({ count <= $0 }) ?? true
    else { return false }
    return entries.allSatisfy { key, value in
      if let schema = keywords["properties"]?[key] { return fits(value, schema) }
      switch keywords["additionalProperties"] {
      case .boolean(let allowed): return allowed
      case .some(let schema): return fits(value, schema)
      case nil: return true
      }
    }
  }
}

extension CanonicalJSON {
  fileprivate subscript(key: String) -> CanonicalJSON? {
    if case .object(let entries) = self { entries[key] } else { nil }
  }
  fileprivate var string: String? { if case .text(let text) = self { text } else { nil } }
  fileprivate var list: [CanonicalJSON]? { if case .list(let list) = self { list } else { nil } }
  fileprivate var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
