/// Reads JSON as settings: what a resolved spec is, of which tables read thousands.
struct SettingReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  /// - Returns: `nil` for what is no JSON.
  static func read(_ text: String) -> SettingValue? {
    var text = text
    return text.withUTF8 { bytes in
      var reader = SettingReader(bytes)
      guard let value = reader.value(depth: 0) else { return nil }
      reader.skipBlanks()
      return reader.place == bytes.count ? value : nil
    }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// No spec is nested deeper.
  private static let deepest = 100

  private mutating func value(depth: Int) -> SettingValue? {
    skipBlanks()
    guard depth < Self.deepest, place < bytes.count else { return nil }
    switch bytes[place] {
    case UInt8(ascii: "{"): return mapping(depth)
    case UInt8(ascii: "["): return list(depth)
    case UInt8(ascii: "\""): return string().map { .text($0) }
    case UInt8(ascii: "t"): return takes("true") ? .boolean(true) : nil
    case UInt8(ascii: "f"): return takes("false") ? .boolean(false) : nil
    case UInt8(ascii: "n"): return takes("null") ? SettingValue.none : nil
    default: return number()
    }
  }

  private mutating func mapping(_ depth: Int) -> SettingValue? {
    place += 1
    var entries: [String: SettingValue] = [:]
    if takesSign("}") { return .mapping(entries) }
    repeat {
      skipBlanks()
      guard let key = string(), takesSign(":"), let value = value(depth: depth + 1) else {
        return nil
      }
      entries[key] = value
    } while takesSign(",")
    return takesSign("}") ? .mapping(entries) : nil
  }

  private mutating func list(_ depth: Int) -> SettingValue? {
    place += 1
    var elements: [SettingValue] = []
    if takesSign("]") { return .list(of: elements) }
    repeat {
      guard let element = value(depth: depth + 1) else { return nil }
      elements.append(element)
    } while takesSign(",")
    return takesSign("]") ? .list(of: elements) : nil
  }

  private mutating func number() -> SettingValue? {
    let start = place
    while place < bytes.count, isOfNumber(bytes[place]) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    guard let first = text.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: ".") else {
      return nil
    }
    return Double(text).map { .number($0) }
  }

  private func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func string() -> String? {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
    let start = place + 1
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\") {
      end += 1
    }
    guard end < bytes.count else { return nil }
    place = end
    let plain = String(decoding: bytes[start..<end], as: UTF8.self)
    if bytes[end] == UInt8(ascii: "\"") {
      place += 1
      return plain
    }
    return escaped(after: plain)
  }

  /// The rest of a string from its first backslash on.
  private mutating func escaped(after plain: String) -> String? {
    var units = Array(plain.utf16)
    while place < bytes.count {
      let start = place
      while place < bytes.count, bytes[place] != UInt8(ascii: "\""),
        bytes[place] != UInt8(ascii: "\\")
      { place += 1 }
      units += String(decoding: bytes[start..<place], as: UTF8.self).utf16
      guard
        place + 1 <= bytes.count - 1 || (place < bytes.count && bytes[place] == UInt8(ascii: "\""))
      else { return nil }
      place += 1
      if bytes[place - 1] == UInt8(ascii: "\"") { return String(decoding: units, as: UTF16.self) }
      guard let unit = escape() else { return nil }
      units.append(unit)
    }
    return nil
  }

  /// What stands for the letters behind a backslash.
  private mutating func escape() -> UInt16? {
    let letter = bytes[place]
    place += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(letter)
    case UInt8(ascii: "b"): return 8
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "u"):
      guard place + 4 <= bytes.count else { return nil }
      defer { place += 4 }
      return UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    default: return nil
    }
  }

  private mutating func takes(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard place + count <= bytes.count,
      (0..<count).allSatisfy({ bytes[place + $0] == word.utf8Start[$0] })
    else { return false }
    place += count
    return true
  }

  private mutating func takesSign(_ sign: StaticString) -> Bool {
    skipBlanks()
    return takes(sign)
  }

  private mutating func skipBlanks() {
    while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
  }
}
