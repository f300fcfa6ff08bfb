/// An answer in 64 bits: a number, or what says where in the texts of the index it stands.
///
/// Numbers are never NaN, so that NaN with a tag means everything else.
struct IndexCell {
  let bits: UInt64

  private enum Tag: UInt64 {
    case text = 0xFFF9
    case list = 0xFFFA
    case missing = 0xFFFB
  }

  init(bits: UInt64) { self.bits = bits }

  /// - Parameter intern: gives a text its number.
  init(_ value: QueryValue, intern: (String) -> UInt32) {
    switch value {
    case .number(let number): bits = number.bitPattern
    case .text(let text): bits = Self.tagged(.text, intern(text))
    case .missing(let reason): bits = Self.tagged(.missing, intern(reason))
    case .list: bits = Self.tagged(.list, intern(Self.written(value)))
    }
  }

  /// - Parameter text: gives the text of a number; `nil` for one that there is not.
  /// - Returns: `nil` where the bits mean nothing.
  func value(_ text: (UInt32) -> String?) -> QueryValue? {
    guard let tag = Tag(rawValue: bits >> 48) else {
      let number = Double(bitPattern: bits)
      return number.isNaN ? nil : .number(number)
    }
    guard let found = text(UInt32(truncatingIfNeeded: bits)) else { return nil }
    switch tag {
    case .text: return .text(found)
    case .missing: return .missing(found)
    case .list:
      var rest = found[...]
      return Self.read(&rest)
    }
  }

  /// The number of the text that it stands for; `nil` for a number.
  var textNumber: UInt32? {
    Tag(rawValue: bits >> 48).map { _ in UInt32(truncatingIfNeeded: bits) }
  }

  /// `nil` for a missing answer.
  var kind: QueryKind? {
    switch Tag(rawValue: bits >> 48) {
    case .text: .text
    case .list: .list
    case .missing: nil
    case nil: .number
    }
  }

  /// The same with the text under another number.
  func renumbered(_ number: UInt32) -> IndexCell {
    IndexCell(bits: bits & ~0xFFFF_FFFF | UInt64(number))
  }

  private static func tagged(_ tag: Tag, _ number: UInt32) -> UInt64 {
    tag.rawValue << 48 | UInt64(number)
  }

  /// `l2 n64 n32 `, with texts as their lengths and letters: `t3:abc `.
  private static func written(_ value: QueryValue) -> String {
    switch value {
    case .number(let number): "n\(number.bitPattern) "
    case .text(let text): "t\(text.count) \(text)"
    case .missing(let reason): "m\(reason.count) \(reason)"
    case .list(let elements): "l\(elements.count) " + elements.map(written).joined()
    }
  }

  private static func read(_ rest: inout Substring) -> QueryValue? {
    guard let kind = rest.popFirst(), let blank = rest.firstIndex(of: " "),
      let count = UInt64(rest[..<blank])
    else { return nil }
    rest = rest[rest.index(after: blank)...]
    switch kind {
    case "n":
      let number = Double(bitPattern: count)
      return number.isNaN ? nil : .number(number)
    case "t", "m":
      guard count <= rest.utf8.count else { return nil }
      let text = String(rest.prefix(Int(count)))
      rest = rest.dropFirst(Int(count))
      return kind == "t" ? .text(text) : .missing(text)
    case "l":
      var elements: [QueryValue] = []
      guard count <= rest.utf8.count else { return nil }
      for _ in 0..<count {
        guard let element = read(&rest) else { return nil }
        elements.append(element)
      }
      return .list(elements)
    default: return nil
    }
  }
}
