internal import Datasets
internal import Foundation

/// Reads a JSON file of any size (RFC 8259) from front to back, and from any place that it has been at. What
/// is held is what is asked for: a value that is skipped costs no memory.
///
/// `NaN` and `Infinity`, which Python writes, are numbers. Values are nested 64 deep at most, and a text or
/// a list that is kept is of at most 256 MB.
final class JSONReader {
  /// Touched by the reading of texts too.
  var bytes: ByteBlocks
  var line = 1
  let path: String

  static let deepest = 64
  static let longest = 1 << 28

  init(path: String) throws(DataError) {
    self.path = path
    bytes = try ByteBlocks(path: path)
    try skipMark()
  }

  /// Where the next byte is, to come back to.
  struct Place: Sendable { fileprivate let offset, line: Int }

  var place: Place { Place(offset: bytes.offset, line: line) }

  func go(to place: Place) {
    bytes.seek(to: place.offset)
    line = place.line
  }

  /// From 1.
  var lineNumber: Int { line }

  func problem(_ message: String) -> DataError {
    DataError(DataProblem(file: path, line: line, message))
  }

  // MARK: Walking

  /// What the next value is, by its first character: `{`, `[`, `"`, or another.
  func kind() throws(DataError) -> UInt8 {
    guard let byte = try nextByte() else {
      throw problem("is cut short: put a whole copy in its place")
    }
    return byte
  }

  /// Visits the members of the object that comes next; `body` reads or skips each value.
  func members(_ body: (String) throws(DataError) -> Void) throws(DataError) {
    try expect(UInt8(ascii: "{"), "an object")
    guard try nextByte() != UInt8(ascii: "}") else { return bytes.advance() }
    while true {
      guard try nextByte() == UInt8(ascii: "\"") else { throw problem("expected a key in quotes") }
      let key = try string()
      try expect(UInt8(ascii: ":"), "':' behind '\(key.prefix(40))'")
      try body(key)
      if try isLast(UInt8(ascii: "}")) { return }
    }
  }

  /// Visits the elements of the list that comes next; `body` reads or skips each.
  func elements(_ body: () throws(DataError) -> Void) throws(DataError) {
    try expect(UInt8(ascii: "["), "a list")
    guard try nextByte() != UInt8(ascii: "]") else { return bytes.advance() }
    while true {
      try body()
      if try isLast(UInt8(ascii: "]")) { return }
    }
  }

  private func isLast(_ end: UInt8) throws(DataError) -> Bool {
    let byte = try nextByte()
    guard byte == UInt8(ascii: ",") || byte == end else {
      guard let byte else { throw problem("is cut short: put a whole copy in its place") }
      throw problem(
        "expected ',' or '\(Character(Unicode.Scalar(end)))', found "
          + "'\(Character(Unicode.Scalar(byte)))'")
    }
    bytes.advance()
    return byte == end
  }

  // MARK: Values

  /// Reads the value that comes next.
  ///
  /// - Parameter skipping: keys of objects whose values are left out.
  func value(skipping: Set<String> = []) throws(DataError) -> JSONValue {
    try value(skipping, depth: 0)
  }

  private func value(_ skipping: Set<String>, depth: Int) throws(DataError) -> JSONValue {
    guard depth < Self.deepest else { throw problem("is nested deeper than \(Self.deepest)") }
    switch try kind() {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      try self.members { key throws(DataError) in
        if skipping.contains(key) { return try skip() }
        members[key] = try value(skipping, depth: depth + 1)
      }
      return .object(members)
    case UInt8(ascii: "["): return try list(skipping, depth: depth)
    case UInt8(ascii: "\""): return .text(try string())
    default: return try word()
    }
  }

  private func list(_ skipping: Set<String>, depth: Int) throws(DataError) -> JSONValue {
    var numbers: [Double] = []
    var values: [JSONValue] = []
    try elements { () throws(DataError) in
      if values.isEmpty { try takeNumbers(into: &numbers) }
      let value = try value(skipping, depth: depth + 1)
      if case .number(let number) = value, values.isEmpty {
        numbers.append(number)
      } else {
        if !numbers.isEmpty {
          values = numbers.map { .number($0) }
          numbers = []
        }
        values.append(value)
      }
      guard numbers.count + values.count < Self.longest / 8 else {
        throw problem("holds a list of more than \(Self.longest / 8) values")
      }
    }
    return numbers.isEmpty ? .list(values) : .numbers(numbers)
  }

  /// Takes the numbers that stand whole in the block and have a comma behind them: nearly all of a large
  /// file is these.
  private func takeNumbers(into numbers: inout [Double]) throws(DataError) {
    line += try bytes.withRest { rest in
      var (place, taken) = (0, 0)
      func skipBlanks() {
        while place < rest.count, rest[place] <= 32 { place += 1 }
      }
      while true {
        skipBlanks()
        guard let (number, end) = JSONNumber.short(rest, from: place) else { break }
        place = end
        skipBlanks()
        guard place < rest.count, rest[place] == UInt8(ascii: ",") else { break }
        place += 1
        numbers.append(number)
        taken = place
      }
      return (rest[..<taken].count { $0 == 10 }, taken)
    }
  }

  /// Goes past the value that comes next.
  func skip() throws(DataError) {
    switch try kind() {
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "{"), UInt8(ascii: "["): try skipNested()
    default: _ = try word()
    }
  }

  private func skipNested() throws(DataError) {
    var depth = 0
    repeat {
      switch try nextByte() {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        try skipString()
        continue
      case nil: throw problem("is cut short: put a whole copy in its place")
      default: break
      }
      bytes.advance()
    } while depth > 0
  }

  // MARK: Numbers and words

  private func word() throws(DataError) -> JSONValue {
    var word: [UInt8] = []
    while let byte = try bytes.peek(), Self.isOfWord(byte), word.count < 64 {
      word.append(byte)
      bytes.advance()
    }
    if let number = JSONNumber.value(word) { return .number(number) }
    switch String(decoding: word, as: UTF8.self) {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "NaN": return .number(.nan)
    case "Infinity": return .number(.infinity)
    case "-Infinity": return .number(-.infinity)
    case "":
      let byte = try bytes.peek() ?? 32
      throw problem("expected a value, found '\(Character(Unicode.Scalar(byte)))'")
    case let text: throw problem("'\(text)' is no value of JSON")
    }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte >= 48 && byte <= 57 || byte >= 97 && byte <= 122 || byte >= 65 && byte <= 90
      || byte == 43 || byte == 45 || byte == 46
  }

  // MARK: Bytes

  /// The next byte that is no blank; stays where it is.
  private func nextByte() throws(DataError) -> UInt8? {
    while let byte = try bytes.peek() {
      guard byte == 32 || byte == 10 || byte == 13 || byte == 9 else { return byte }
      if byte == 10 { line += 1 }
      bytes.advance()
    }
    return nil
  }

  private func expect(_ byte: UInt8, _ what: String) throws(DataError) {
    guard try nextByte() == byte else { throw problem("expected \(what)") }
    bytes.advance()
  }

  /// A byte order mark, which Windows programs write.
  private func skipMark() throws(DataError) {
    for byte: UInt8 in [0xEF, 0xBB, 0xBF] {
      guard try bytes.peek() == byte else { return bytes.seek(to: 0) }
      bytes.advance()
    }
  }
}
