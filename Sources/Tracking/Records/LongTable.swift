package import Foundation

/// A table of a record that is not read where nobody asks for it, since it takes longer than all the rest.
@propertyWrapper
package struct LongTable: Sendable, Hashable {
  package var wrappedValue: [String: String]?

  package init(wrappedValue: [String: String]?) { self.wrappedValue = wrappedValue }
}

extension LongTable: Codable {
  package init(from decoder: any Decoder) throws {
    let isSkipped = decoder.userInfo[.skipsLongTables] as? Bool == true
    wrappedValue =
      isSkipped ? nil : try decoder.singleValueContainer().decode([String: String].self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(wrappedValue)
  }
}

extension CodingUserInfoKey {
  /// Whether a decoder leaves tables out.
  static let skipsLongTables = CodingUserInfoKey(rawValue: "skipsLongTables")!
}

// A record without the table has no key for it.

extension KeyedDecodingContainer {
  package func decode(_ type: LongTable.Type, forKey key: Key) throws -> LongTable {
    try decodeIfPresent(type, forKey: key) ?? LongTable(wrappedValue: nil)
  }
}

extension KeyedEncodingContainer {
  package mutating func encode(_ table: LongTable, forKey key: Key) throws {
    try encodeIfPresent(table.wrappedValue, forKey: key)
  }
}
