internal import Datasets
internal import Foundation

/// Texts in quotes.
extension JSONReader {
  /// Reads the text that comes next.
  func string() throws(DataError) -> String {
    guard try kind() == UInt8(ascii: "\"") else { throw problem("expected a text in quotes") }
    bytes.advance()
    var text: [UInt8] = []
    while true {
      // Up to the next quote or escape.
      let (stop, isEnd) = try bytes.withRest { rest -> (result: (UInt8?, Bool), taken: Int) in
        let end = rest.firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        text.append(contentsOf: rest[..<(end ?? rest.count)])
        return ((end.map { rest[$0] }, rest.isEmpty), end.map { $0 + 1 } ?? rest.count)
      }
      guard text.count <= Self.longest else {
        throw problem("holds a text of more than \(Self.longest >> 20) MB")
      }
      if stop == UInt8(ascii: "\"") { break }
      if isEnd { throw problem("is cut short within a text: put a whole copy in its place") }
      if stop != nil { try escape(into: &text) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func escape(into text: inout [UInt8]) throws(DataError) {
    guard let byte = try bytes.peek() else { throw problem("is cut short within a text") }
    bytes.advance()
    switch byte {
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "u"):
      var units = [try hexadecimal()]
      if UTF16.isLeadSurrogate(units[0]), try bytes.peek() == UInt8(ascii: "\\") {
        bytes.advance()
        guard try bytes.peek() == UInt8(ascii: "u") else { return try escape(into: &text) }
        bytes.advance()
        units.append(try hexadecimal())
      }
      text += Array(String(decoding: units, as: UTF16.self).utf8)
    default: throw problem("holds the unknown escape '\\\(Character(Unicode.Scalar(byte)))'")
    }
  }

  private func hexadecimal() throws(DataError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = try bytes.peek(),
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { throw problem("holds \\u without four hexadecimal digits") }
      value = value << 4 | UInt16(digit)
      bytes.advance()
    }
    return value
  }

  /// Goes past a text.
  func skipString() throws(DataError) {
    bytes.advance()
    var isEscaped = false
    while true {
      let (isDone, lines, isEnd) = try bytes.withRest { rest in
        var lines = 0
        for (index, byte) in rest.enumerated() {
          if isEscaped {
            isEscaped = false
          } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
          } else if byte == UInt8(ascii: "\"") {
            return ((true, lines, false), index + 1)
          }
          if byte == UInt8(ascii: "\n") { lines += 1 }
        }
        return ((false, lines, rest.isEmpty), rest.count)
      }
      line += lines
      if isDone { return }
      if isEnd { throw problem("is cut short within a text: put a whole copy in its place") }
    }
  }
}
