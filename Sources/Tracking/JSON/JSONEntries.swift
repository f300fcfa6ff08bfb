/// The entries of an object.
///
/// An entry is looked for behind the one that was found before: most types ask in the order in which records
/// are written, and a dictionary always does.
struct JSONEntries<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let source: JSONSource
  private let parent: Int
  private let cursor: Cursor

  /// Where the next entry is looked for first.
  private final class Cursor {
    var place: Int
    init(_ place: Int) { self.place = place }
  }

  init(source: JSONSource, parent: Int) {
    (self.source, self.parent) = (source, parent)
    cursor = Cursor(parent + 1)
  }

  var codingPath: [any CodingKey] { [] }

  var allKeys: [Key] {
    var seen: Set<String> = []
    return source.document.children(of: parent).compactMap { place in
      let name = source.document.string(place)
      return seen.insert(name).inserted ? Key(stringValue: name) : nil
    }
  }

  func contains(_ key: Key) -> Bool { find(key) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { source.isNull(try value(key)) }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try source.bool(value(key)) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try source.string(value(key))
  }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    try source.floating(value(key), type)
  }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    try source.floating(value(key), type)
  }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    try source.integer(value(key), type)
  }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
    try source.integer(value(key), type)
  }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
    try source.integer(value(key), type)
  }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
    try source.integer(value(key), type)
  }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
    try source.integer(value(key), type)
  }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
    try source.integer(value(key), type)
  }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
    try source.integer(value(key), type)
  }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
    try source.integer(value(key), type)
  }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
    try source.integer(value(key), type)
  }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
    try source.integer(value(key), type)
  }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try source.decode(type, value(key))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { JSONValueDecoder(source: source, place: parent) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }

  private func decoder(_ key: Key) throws -> JSONValueDecoder {
    JSONValueDecoder(source: source, place: try value(key))
  }

  private func value(_ key: Key) throws -> Int {
    guard let place = find(key) else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: [], debugDescription: "there is no \(key.stringValue)"))
    }
    return place
  }

  /// The place of the value of a key.
  private func find(_ key: Key) -> Int? {
    var name = key.stringValue
    return name.withUTF8 { name in
      let document = source.document
      let (first, end) = (parent + 1, Int(document.values[parent].next))
      let start = cursor.place < end ? cursor.place : first
      guard
        let found = document.find(name, from: start, to: end)
          ?? document.find(name, from: first, to: start)
      else { return nil }
      cursor.place = Int(document.values[found + 1].next)
      return found + 1
    }
  }
}

extension JSONDocument {
  /// The place of the first key of that name among the entries that lie there.
  fileprivate func find(
    _ name: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) -> Int? {
    var place = start
    while place < end {
      if isKey(place, name) { return place }
      place = Int(values[place + 1].next)
    }
    return nil
  }

  private func isKey(_ place: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    let key = values[place]
    guard key.kind == .plain else { return string(place).utf8.elementsEqual(name) }
    return Int(key.end - key.start) == name.count
      && bytes[Int(key.start)..<Int(key.end)].elementsEqual(name)
  }
}
