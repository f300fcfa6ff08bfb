/// Reads a message of Protocol Buffers field by field, without its schema. Whatever would lie behind the
/// end of the message is an error.
package struct ProtobufReader {
  package enum Value {
    case integer(UInt64)
    case bytes4(UInt32)
    case bytes8(UInt64)
    /// A text, a message or the bytes of numbers.
    case part(ArraySlice<UInt8>)
  }

  private var bytes: ArraySlice<UInt8>

  package init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// The next field's number and value; `nil` at the message's end.
  package mutating func next() throws(ProtobufError) -> (field: Int, value: Value)? {
    guard !bytes.isEmpty else { return nil }
    let key = try varint()
    guard let field = Int(exactly: key >> 3), field > 0 else {
      throw ProtobufError("a field has the number \(key >> 3)")
    }
    switch key & 7 {
    case 0: return (field, .integer(try varint()))
    case 1: return (field, .bytes8(try number(UInt64.self)))
    case 2:
      guard let count = Int(exactly: try varint()) else { throw ProtobufError.truncated }
      return (field, .part(try part(count)))
    case 5: return (field, .bytes4(try number(UInt32.self)))
    default: throw ProtobufError("field \(field) is of the wire type \(key & 7)")
    }
  }

  private mutating func varint() throws(ProtobufError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = try part(1)
      value |= UInt64(byte[byte.startIndex] & 0x7F) << shift
      if byte[byte.startIndex] < 0x80 { return value }
    }
    throw ProtobufError("a number has more than ten bytes")
  }

  private mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type
  ) throws(ProtobufError) -> Number {
    let bytes = try part(MemoryLayout<Number>.size)
    return Number(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(as: Number.self) })
  }

  private mutating func part(_ count: Int) throws(ProtobufError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count else { throw ProtobufError.truncated }
    defer { bytes = bytes.dropFirst(count) }
    return bytes.prefix(count)
  }
}

/// Bytes that are no message of the kind that was expected.
package struct ProtobufError: Error, Sendable, Hashable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  package static let truncated = ProtobufError("it ends early")
}
