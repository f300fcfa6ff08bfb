/// The elements of a list.
struct JSONElements: UnkeyedDecodingContainer {
  private let source: JSONSource
  private let end: Int
  private var place: Int
  private(set) var currentIndex = 0
  let count: Int?

  init(source: JSONSource, parent: Int) {
    self.source = source
    (place, end) = (parent + 1, Int(source.document.values[parent].next))
    count = source.document.children(of: parent).reduce(0) { count, _ in count + 1 }
  }

  var codingPath: [any CodingKey] { [] }
  var isAtEnd: Bool { place >= end }

  mutating func decodeNil() throws -> Bool {
    try next { source, place in source.isNull(place) ? true : nil } ?? false
  }
  mutating func decode(_ type: Bool.Type) throws -> Bool { try take { try $0.bool($1) } }
  mutating func decode(_ type: String.Type) throws -> String { try take { try $0.string($1) } }
  mutating func decode(_ type: Double.Type) throws -> Double {
    try take { try $0.floating($1, type) }
  }
  mutating func decode(_ type: Float.Type) throws -> Float {
    try take { try $0.floating($1, type) }
  }
  mutating func decode(_ type: Int.Type) throws -> Int { try take { try $0.integer($1, type) } }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try take { try $0.integer($1, type) } }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try take { try $0.integer($1, type) } }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try take { try $0.integer($1, type) } }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try take { try $0.integer($1, type) } }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try take { try $0.integer($1, type) } }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try take { try $0.integer($1, type) } }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 {
    try take { try $0.integer($1, type) }
  }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 {
    try take { try $0.integer($1, type) }
  }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 {
    try take { try $0.integer($1, type) }
  }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try take { try $0.decode(type, $1) }
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try superDecoder().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try superDecoder().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder {
    try take { JSONValueDecoder(source: $0, place: $1) }
  }

  private mutating func take<Value>(_ read: (JSONSource, Int) throws -> Value) throws -> Value {
    guard let value = try next({ try read($0, $1) }) else {
      throw DecodingError.valueNotFound(
        Value.self, .init(codingPath: [], debugDescription: "the list has no further element"))
    }
    return value
  }

  /// Goes on behind the next element where something is made of it; not at the end.
  private mutating func next<Value>(
    _ read: (JSONSource, Int) throws -> Value?
  ) throws -> Value? {
    guard !isAtEnd, let value = try read(source, place) else { return nil }
    place = Int(source.document.values[place].next)
    currentIndex += 1
    return value
  }
}
