/// Reads a message of Protocol Buffers field by field, without its schema (Protocol Buffers'
/// description of its wire format).
struct ProtobufReader {
  enum Value {
    case integer(UInt64)
    /// The place of four bytes.
    case bytes4(Range<Int>)
    /// The place of eight bytes.
    case bytes8(Range<Int>)
    /// A text, a message or packed numbers.
    case part(ByteReader)
  }

  struct Field {
    let number: Int
    let value: Value
  }

  private var reader: ByteReader

  init(_ reader: ByteReader) { self.reader = reader }

  /// The next field; `nil` at the message's end.
  ///
  /// - Throws: for bytes that are no field; groups, which no schema has used since 2008, among them.
  mutating func next() throws(Refusal) -> Field? {
    guard !reader.isAtEnd else { return nil }
    let key = try Self.integer(&reader)
    guard key >> 3 > 0, key >> 3 < 1 << 29 else {
      throw Refusal.damaged("a field in it has the number \(key >> 3)")
    }
    let value: Value
    switch key & 7 {
    case 0: value = .integer(try Self.integer(&reader))
    case 1: value = .bytes8(try reader.range(8))
    case 2:
      guard let count = Int(exactly: try Self.integer(&reader)) else { throw Refusal.truncated }
      value = .part(try reader.part(count))
    case 5: value = .bytes4(try reader.range(4))
    default: throw Refusal.damaged("a field in it is of the wire type \(key & 7)")
    }
    return Field(number: Int(key >> 3), value: value)
  }

  /// A number in groups of seven bits, the lowest first; the top bit of a byte says that more follow.
  static func integer(_ reader: inout ByteReader) throws(Refusal) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      let byte = try reader.byte()
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return value }
    }
    throw Refusal.damaged("a number in it has more than ten bytes")
  }
}
