/// Reads JSON token by token (RFC 8259), as far as the header of safetensors needs it: texts,
/// integers of 0 or more, and punctuation.
struct JSONScanner {
  private var reader: ByteReader

  init(_ reader: ByteReader) { self.reader = reader }

  /// Passes over a character that must come next.
  mutating func require(_ character: Unicode.Scalar) throws(Refusal) {
    guard try isNext(character) else {
      throw Refusal.damaged("its header lacks a '\(character)' at byte \(reader.position)")
    }
  }

  /// Whether a character comes next; it is passed over if so.
  mutating func isNext(_ character: Unicode.Scalar) throws(Refusal) -> Bool {
    skipSpace()
    return reader.matches([UInt8(ascii: character)])
  }

  mutating func requireEnd() throws(Refusal) {
    skipSpace()
    guard reader.isAtEnd else {
      throw Refusal.damaged("its header has more than an object at byte \(reader.position)")
    }
  }

  mutating func integers() throws(Refusal) -> [Int] {
    var integers: [Int] = []
    try require("[")
    guard !(try isNext("]")) else { return [] }
    repeat { integers.append(try integer()) } while try isNext(",")
    try require("]")
    return integers
  }

  private mutating func integer() throws(Refusal) -> Int {
    skipSpace()
    var (value, digits) = (0, 0)
    while let digit = peek().flatMap({ Self.digit($0, radix: 10) }) {
      value = try Extent.add(try Extent.multiply(value, 10), digit)
      digits += 1
      try reader.skip(1)
    }
    guard digits > 0 else {
      throw Refusal.damaged("its header lacks an integer of 0 or more at byte \(reader.position)")
    }
    return value
  }

  mutating func text() throws(Refusal) -> String {
    try require("\"")
    var bytes: [UInt8] = []
    while true {
      let byte = try reader.byte()
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw Refusal.damaged("a text in its header is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): bytes.append(contentsOf: try escaped().utf8)
      case 0..<0x20: throw Refusal.damaged("a text in its header has a control character")
      default: bytes.append(byte)
      }
    }
  }

  /// What stands behind a backslash.
  private mutating func escaped() throws(Refusal) -> String {
    switch try reader.byte() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var units = [try codeUnit()]
      // Characters beyond 16 bits are written as two halves.
      if UTF16.isLeadSurrogate(units[0]), reader.matches(Array("\\u".utf8)) {
        units.append(try codeUnit())
      }
      if let text = String(validating: units, as: UTF16.self) { return text }
      fallthrough
    default: throw Refusal.damaged("a text in its header has a wrong escape")
    }
  }

  private mutating func codeUnit() throws(Refusal) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Self.digit(try reader.byte(), radix: 16) else {
        throw Refusal.damaged("a text in its header has a wrong escape")
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  private mutating func skipSpace() {
    while let byte = peek(), [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
      _ = reader.matches(CollectionOfOne(byte))
    }
  }

  private func peek() -> UInt8? {
    reader.isAtEnd ? nil : reader.contents.bytes[reader.position]
  }

  private static func digit(_ byte: UInt8, radix: Int) -> Int? {
    Character(Unicode.Scalar(byte)).hexDigitValue.flatMap { $0 < radix ? $0 : nil }
  }
}
