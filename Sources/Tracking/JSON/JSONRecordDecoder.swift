/// Makes values of JSON, as `JSONDecoder` does with its usual strategies, in a fraction of the time: of
/// thousands of records a table reads every one.
///
/// Numbers that are not finite are the strings `inf`, `-inf` and `nan`. Of entries with one key the first
/// counts.
struct JSONRecordDecoder {
  var userInfo: [CodingUserInfoKey: Any] = [:]

  /// - Throws: `DecodingError` where the text is no JSON, or says something else; what the type itself throws.
  func decode<Content: Decodable>(
    _ type: Content.Type, from bytes: some Sequence<UInt8>
  ) throws -> Content {
    guard let document = JSONDocument(Array(bytes)) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "the text is no JSON"))
    }
    return try Content(
      from: JSONValueDecoder(source: JSONSource(document, userInfo: userInfo), place: 0))
  }
}

/// What all decoders of one text share.
final class JSONSource {
  let document: JSONDocument
  let userInfo: [CodingUserInfoKey: Any]

  init(_ document: JSONDocument, userInfo: [CodingUserInfoKey: Any]) {
    (self.document, self.userInfo) = (document, userInfo)
  }

  func kind(_ place: Int) -> JSONDocument.Kind { document.values[place].kind }

  func isNull(_ place: Int) -> Bool { kind(place) == .null }

  func bool(_ place: Int) throws -> Bool {
    switch kind(place) {
    case .yes: true
    case .no: false
    default: throw Self.mismatch(Bool.self)
    }
  }

  func string(_ place: Int) throws -> String {
    guard kind(place) == .plain || kind(place) == .escaped else { throw Self.mismatch(String.self) }
    return document.string(place)
  }

  func floating<Number: BinaryFloatingPoint & LosslessStringConvertible>(
    _ place: Int, _ type: Number.Type
  ) throws -> Number {
    if let number = document.floating(place, as: type) { return number }
    guard kind(place) == .plain else { throw Self.mismatch(type) }
    switch document.digits(place) {
    case "inf": return .infinity
    case "-inf": return -.infinity
    case "nan": return .nan
    default: throw Self.mismatch(type)
    }
  }

  func integer<Number: FixedWidthInteger>(_ place: Int, _ type: Number.Type) throws -> Number {
    guard let number = document.integer(place, as: type) else { throw Self.mismatch(type) }
    return number
  }

  func decode<Value: Decodable>(_ type: Value.Type, _ place: Int) throws -> Value {
    try Value(from: JSONValueDecoder(source: self, place: place))
  }

  static func mismatch(_ type: any Any.Type) -> DecodingError {
    .typeMismatch(type, .init(codingPath: [], debugDescription: "the value is no \(type)"))
  }
}

/// The decoder of one value.
struct JSONValueDecoder: Decoder {
  let source: JSONSource
  let place: Int

  /// Nobody is told where in a record a mistake is: what is not what was written is damaged as a whole.
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { source.userInfo }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard source.kind(place) == .object else { throw JSONSource.mismatch([String: Any].self) }
    return KeyedDecodingContainer(JSONEntries<Key>(source: source, parent: place))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard source.kind(place) == .list else { throw JSONSource.mismatch([Any].self) }
    return JSONElements(source: source, parent: place)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension JSONValueDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { source.isNull(place) }
  func decode(_ type: Bool.Type) throws -> Bool { try source.bool(place) }
  func decode(_ type: String.Type) throws -> String { try source.string(place) }
  func decode(_ type: Double.Type) throws -> Double { try source.floating(place, type) }
  func decode(_ type: Float.Type) throws -> Float { try source.floating(place, type) }
  func decode(_ type: Int.Type) throws -> Int { try source.integer(place, type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try source.integer(place, type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try source.integer(place, type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try source.integer(place, type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try source.integer(place, type) }
  func decode(_ type: UInt.Type) throws -> UInt { try source.integer(place, type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try source.integer(place, type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try source.integer(place, type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try source.integer(place, type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try source.integer(place, type) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try source.decode(type, place)
  }
}
