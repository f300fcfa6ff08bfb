/// One pass over the bytes of a JSON text, which notes its values.
struct JSONScan {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// - Returns: false for what is no JSON.
  mutating func document(_ values: inout [JSONDocument.Value]) -> Bool {
    guard value(&values, depth: 0) else { return false }
    skipBlanks()
    return place == bytes.count
  }

  private mutating func value(_ values: inout [JSONDocument.Value], depth: Int) -> Bool {
    skipBlanks()
    guard place < bytes.count else { return false }
    switch bytes[place] {
    case UInt8(ascii: "{"): return collection(.object, &values, depth)
    case UInt8(ascii: "["): return collection(.list, &values, depth)
    case UInt8(ascii: "\""): return string(&values)
    case UInt8(ascii: "t"): return word("true", .yes, &values)
    case UInt8(ascii: "f"): return word("false", .no, &values)
    case UInt8(ascii: "n"): return word("null", .null, &values)
    default: return number(&values)
    }
  }

  private mutating func collection(
    _ kind: JSONDocument.Kind, _ values: inout [JSONDocument.Value], _ depth: Int
  ) -> Bool {
    guard depth < JSONDocument.deepest else { return false }
    let (own, start) = (values.count, place)
    values.append(value(kind, from: start))
    let close = kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")
    place += 1
    if !takes(close) {
      repeat {
        if kind == .object {
          skipBlanks()
          guard place < bytes.count, bytes[place] == UInt8(ascii: "\""), string(&values),
            takes(UInt8(ascii: ":"))
          else { return false }
        }
        guard value(&values, depth: depth + 1) else { return false }
      } while takes(UInt8(ascii: ","))
      guard takes(close) else { return false }
    }
    values[own].end = UInt32(place)
    values[own].next = UInt32(values.count)
    return true
  }

  private func value(_ kind: JSONDocument.Kind, from start: Int) -> JSONDocument.Value {
    .init(kind: kind, start: UInt32(start), end: UInt32(start), next: 0)
  }

  private func add(
    _ kind: JSONDocument.Kind, _ range: Range<Int>, _ values: inout [JSONDocument.Value]
  ) {
    values.append(
      .init(
        kind: kind, start: UInt32(range.lowerBound), end: UInt32(range.upperBound),
        next: UInt32(values.count + 1)))
  }

  private mutating func word(
    _ word: StaticString, _ kind: JSONDocument.Kind, _ values: inout [JSONDocument.Value]
  ) -> Bool {
    let end = place + word.utf8CodeUnitCount
    guard end <= bytes.count, (place..<end).allSatisfy({ bytes[$0] == word.utf8Start[$0 - place] })
    else { return false }
    add(kind, place..<end, &values)
    place = end
    return true
  }

  /// `-? (0 | [1-9] digits) (. digits)? ([eE] [+-]? digits)?`
  private mutating func number(_ values: inout [JSONDocument.Value]) -> Bool {
    let start = place
    if isNext(UInt8(ascii: "-")) { place += 1 }
    if isNext(UInt8(ascii: "0")) {
      place += 1
    } else if !digits() {
      return false
    }
    if isNext(UInt8(ascii: ".")) {
      place += 1
      guard digits() else { return false }
    }
    if isNext(UInt8(ascii: "e")) || isNext(UInt8(ascii: "E")) {
      place += 1
      if isNext(UInt8(ascii: "+")) || isNext(UInt8(ascii: "-")) { place += 1 }
      guard digits() else { return false }
    }
    add(.number, start..<place, &values)
    return true
  }

  /// - Returns: false where there is none.
  private mutating func digits() -> Bool {
    let start = place
    while place < bytes.count, bytes[place] &- UInt8(ascii: "0") < 10 { place += 1 }
    return place > start
  }

  private mutating func string(_ values: inout [JSONDocument.Value]) -> Bool {
    let start = place + 1
    var isASCII = true
    place = start
    while place < bytes.count {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "\""):
        guard isASCII || isText(start..<place) else { return false }
        add(.plain, start..<place, &values)
        place += 1
        return true
      case UInt8(ascii: "\\"): return escapedString(from: start, &values)
      case 0..<0x20: return false
      default:
        if byte >= 0x80 { isASCII = false }
        place += 1
      }
    }
    return false
  }

  /// A string from its first backslash on.
  private mutating func escapedString(
    from start: Int, _ values: inout [JSONDocument.Value]
  ) -> Bool {
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      guard bytes[place] >= 0x20 else { return false }
      if bytes[place] == UInt8(ascii: "\\") {
        guard let length = JSONEscapes.length(bytes[place...]) else { return false }
        place += length
      } else {
        place += 1
      }
    }
    guard place < bytes.count, isText(start..<place) else { return false }
    add(.escaped, start..<place, &values)
    place += 1
    return true
  }

  private func isText(_ range: Range<Int>) -> Bool {
    String(validating: bytes[range], as: UTF8.self) != nil
  }

  private func isNext(_ byte: UInt8) -> Bool { place < bytes.count && bytes[place] == byte }

  private mutating func takes(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard isNext(byte) else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0A, 0x0D, 0x09: place += 1
      default: return
      }
    }
  }
}
