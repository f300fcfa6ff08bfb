/// Reads values of JSON and of Python out of a text that may hold anything else.
///
/// It trusts no text: values are nested 64 deep at most, and what is no value is an error with its line.
struct WrittenValueReader {
  let bytes: [UInt8]
  var place = 0
  /// Bytes that were looked at for nothing so far: what began with them was no value.
  private var wasted = 0
  /// Where the lines end, ascending.
  private let lineEnds: [Int]

  init(_ text: String) {
    let bytes = Array(text.utf8)
    self.bytes = bytes
    lineEnds = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
  }

  struct Problem: Error {
    let offset: Int
    let message: String
  }

  static let deepest = 64

  /// Goes on from an earlier place, since what was read from there is no value.
  mutating func goBack(to earlier: Int) {
    wasted += max(0, place - earlier)
    place = earlier
  }

  /// True once more was read for nothing than any call brings about: brackets and quotes without their others may
  /// otherwise be read again from every one of them.
  var isSpent: Bool { wasted > 8 * bytes.count + 65_536 }

  var byte: UInt8? { bytes.indices.contains(place) ? bytes[place] : nil }

  func problem(_ message: String) -> Problem { Problem(offset: place, message: message) }

  /// From 1.
  func line(at offset: Int) -> Int {
    var (low, high) = (0, lineEnds.count)
    while low < high {
      let middle = (low + high) / 2
      if lineEnds[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low + 1
  }

  /// Skips blanks, comments of Python, and the line ends that shells and strings escape.
  mutating func skip() {
    while let byte {
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      case UInt8(ascii: "\\") where [0x0A, 0x0D, 0x6E].contains(next): place += 2
      case UInt8(ascii: "#"): while let byte = self.byte, byte != 0x0A { _ = byte; place += 1 }
      default: return
      }
    }
  }

  /// Skips what parts words of one line.
  mutating func skipBlanks() {
    while byte == 0x20 || byte == 0x09 || byte == 0x0D { place += 1 }
  }

  var next: UInt8? { bytes.indices.contains(place + 1) ? bytes[place + 1] : nil }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    skip()
    guard byte == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  // MARK: Values

  mutating func value(depth: Int = 0) throws(Problem) -> WrittenValue {
    guard depth < Self.deepest else {
      throw problem("values are nested more than \(Self.deepest) deep")
    }
    skip()
    let start = place
    let value = try simple(depth: depth)
    // `1.0 / 255`, and anything else that is computed.
    skipBlanks()
    guard let byte, !Self.ends.contains(byte) else { return value }
    if case .number(var number) = value {
      while let sign = self.byte, [UInt8(ascii: "*"), UInt8(ascii: "/")].contains(sign),
        next != sign
      {
        place += 1
        guard case .number(let other) = try simple(depth: depth) else {
          return expression(from: start)
        }
        number = sign == UInt8(ascii: "*") ? number * other : number / other
        skipBlanks()
      }
      if self.byte.map(Self.ends.contains) ?? true { return .number(number) }
    }
    return expression(from: start)
  }

  /// What a value is followed by, in lists, mappings, calls and lines.
  private static let ends = Set(",]}):'\";\n#\\".utf8)

  private mutating func simple(depth: Int) throws(Problem) -> WrittenValue {
    skip()
    guard let byte else { throw problem("ends where a value is expected") }
    switch byte {
    case UInt8(ascii: "{"): return .map(try map(depth: depth))
    case UInt8(ascii: "["), UInt8(ascii: "("):
      place += 1
      return .list(try elements(until: byte == UInt8(ascii: "[") ? "]" : ")", depth: depth))
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try text())
    case UInt8(ascii: "\\") where next == UInt8(ascii: "\"") || next == UInt8(ascii: "'"):
      return .text(try text())
    default: return try word()
    }
  }

  private mutating func elements(
    until end: Unicode.Scalar, depth: Int
  ) throws(Problem) -> [WrittenValue] {
    var values: [WrittenValue] = []
    while !take(end) {
      values.append(try value(depth: depth + 1))
      guard take(",") else {
        guard take(end) else { throw problem("expected ',' or '\(end)'") }
        return values
      }
    }
    return values
  }

  mutating func map(depth: Int = 0) throws(Problem) -> [WrittenValue.Entry] {
    guard take("{") else { throw problem("expected '{'") }
    var entries: [WrittenValue.Entry] = []
    while !take("}") {
      skip()
      let line = line(at: place)
      guard let byte, "\"'\\".utf8.contains(byte) else { throw problem("expected a key in quotes") }
      let key = try text()
      guard take(":") else { throw problem("expected ':' behind '\(key.printable)'") }
      entries.append(.init(key: key, value: try value(depth: depth + 1), line: line))
      guard take(",") else {
        guard take("}") else { throw problem("expected ',' or '}' behind '\(key.printable)'") }
        return entries
      }
    }
    return entries
  }

  /// In quotes of either kind, escaped themselves where the whole is a string of a shell.
  mutating func text() throws(Problem) -> String {
    let isEscaped = byte == UInt8(ascii: "\\")
    if isEscaped { place += 1 }
    guard let quote = byte else { throw problem("ends where a text is expected") }
    place += 1
    var content: [UInt8] = []
    while let byte {
      if isEscaped, byte == UInt8(ascii: "\\"), next == quote {
        place += 2
        return String(decoding: content, as: UTF8.self)
      }
      if !isEscaped, byte == quote {
        place += 1
        return String(decoding: content, as: UTF8.self)
      }
      guard byte != 0x0A else { break }
      if byte == UInt8(ascii: "\\"), let next, !isEscaped {
        content.append(next == UInt8(ascii: "n") ? 0x0A : next == UInt8(ascii: "t") ? 0x09 : next)
        place += 2
      } else {
        content.append(byte)
        place += 1
      }
    }
    throw problem("has a quote without its other")
  }

  /// A number, a word of JSON or Python, or something that is computed.
  private mutating func word() throws(Problem) -> WrittenValue {
    let start = place
    while let byte, Self.isOfWord(byte) || isSign(byte, from: start) { place += 1 }
    let word = String(decoding: bytes[start..<place], as: UTF8.self)
    switch word {
    case "":
      throw problem(
        "is no value: '\(String(decoding: bytes[start..<min(bytes.count, start + 1)], as: UTF8.self).printable)'"
      )
    case "true", "True": return .bool(true)
    case "false", "False": return .bool(false)
    case "null", "None": return .null
    default:
      let digits = word.replacing("_", with: "")
      if let number = Double(digits), word.first.map({ !$0.isLetter }) ?? false, number.isFinite {
        return .number(number)
      }
      return expression(from: start)
    }
  }

  /// The sign of a number, or of its exponent.
  private func isSign(_ byte: UInt8, from start: Int) -> Bool {
    guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") else { return false }
    return place == start || bytes[place - 1] | 0x20 == UInt8(ascii: "e")
  }

  static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "."), 0x80...: true
    default: false
    }
  }

  private static let longestExpression = 256

  /// Up to what ends it, brackets and texts in it taken as wholes.
  private mutating func expression(from start: Int) -> WrittenValue {
    var depth = 0
    while let byte {
      if "([{".utf8.contains(byte) {
        depth += 1
      } else if ")]}".utf8.contains(byte) {
        if depth == 0 { break }
        depth -= 1
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        guard (try? text()) != nil else { break }
        continue
      } else if depth == 0, byte == UInt8(ascii: ",") || byte == 0x0A {
        break
      }
      place += 1
    }
    // Longer ones are no names, and are shown alone; each of those that hold each other would be kept whole.
    let end = min(place, start + Self.longestExpression)
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    return .expression(
      text.split(whereSeparator: \.isWhitespace).joined(separator: " ") + (end < place ? "…" : ""))
  }
}
