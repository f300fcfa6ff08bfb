internal import Datasets

/// A scalar as it was written.
struct YAMLScalar: Sendable, Hashable {
  /// Quotes removed, escapes resolved, folded lines joined.
  let text: String
  /// Written without quotes and not as a block: only then can it be anything but text.
  let isPlain: Bool

  /// What a scalar means by the core schema of YAML 1.2.2 (section 10.3.2).
  enum Value: Sendable, Hashable {
    case null
    case boolean(Bool)
    /// `nil` beyond 64 bits.
    case integer(Int?)
    /// May be infinite or not a number.
    case number(Double)
    case text
  }

  var value: Value {
    guard isPlain else { return .text }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    default: return Self.integer(text) ?? Self.number(text) ?? .text
    }
  }

  /// As a message says what stands there: `the text 'fast'`, `1.5`, `nothing`.
  var description: String {
    switch value {
    case .null: "nothing"
    case .text: "the text '\(text)'"
    case .boolean, .integer, .number: text
    }
  }

  /// `[-+]?[0-9]+`, `0o[0-7]+` or `0x[0-9a-fA-F]+`. A leading zero means nothing: `017` is 17.
  private static func integer(_ text: String) -> Value? {
    for (prefix, radix) in [("0o", 8), ("0x", 16)] where text.hasPrefix(prefix) {
      let digits = text.dropFirst(2)
      guard !digits.isEmpty, digits.utf8.allSatisfy({ isDigit($0, radix: radix) }) else {
        return nil
      }
      return .integer(Int(digits, radix: radix))
    }
    let digits = text.utf8.first.map(isSign) == true ? text.utf8.dropFirst() : text.utf8[...]
    guard !digits.isEmpty, digits.allSatisfy({ isDigit($0, radix: 10) }) else { return nil }
    return .integer(Int(text))
  }

  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, infinities and not-a-number.
  private static func number(_ text: String) -> Value? {
    switch text {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .number(-.infinity)
    case ".nan", ".NaN", ".NAN": return .number(.nan)
    default: break
    }
    var rest = text.utf8[...]
    func skipSign() { if rest.first.map(isSign) == true { rest.removeFirst() } }
    func skipDigits() -> Bool {
      let digits = rest.prefix { isDigit($0, radix: 10) }
      rest.removeFirst(digits.count)
      return !digits.isEmpty
    }
    skipSign()
    let hasWhole = skipDigits()
    var hasFraction = false
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      hasFraction = skipDigits()
    }
    guard hasWhole || hasFraction else { return nil }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      skipSign()
      guard skipDigits() else { return nil }
    }
    return rest.isEmpty ? Double(text).map { .number($0) } : nil
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
  }

  private static func isDigit(_ byte: UInt8, radix: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) < radix
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
    default: false
    }
  }
}
