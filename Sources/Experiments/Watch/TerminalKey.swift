/// A key as a person presses it.
enum TerminalKey: Hashable {
  case character(Character)
  case enter, escape, backspace, tab
  case up, down, left, right, pageUp, pageDown, home, end

  static let escapeByte: UInt8 = 0x1B

  /// Takes the first key from the bytes of a terminal.
  ///
  /// - Returns: `nil` where there is none, or only what no key sends, which is taken all the same.
  static func take(from bytes: inout [UInt8]) -> TerminalKey? {
    while let first = bytes.first {
      if first == escapeByte {
        if let key = sequence(&bytes) { return key }
        continue
      }
      if let key = plain(&bytes) { return key }
    }
    return nil
  }

  private static func plain(_ bytes: inout [UInt8]) -> TerminalKey? {
    let first = bytes[0]
    switch first {
    case 0x0D, 0x0A: bytes.removeFirst(); return .enter
    case 0x7F, 0x08: bytes.removeFirst(); return .backspace
    case 0x09: bytes.removeFirst(); return .tab
    case 0x00..<0x20: bytes.removeFirst(); return nil
    default: break
    }
    let length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    let taken = bytes.prefix(length)
    bytes.removeFirst(taken.count)
    let text = String(decoding: taken, as: UTF8.self)
    guard let character = text.first, character != "\u{FFFD}" else { return nil }
    return .character(character)
  }

  /// `ESC [ A`, `ESC O A`, `ESC [ 5 ~`; an escape with anything else behind it is the key itself.
  private static func sequence(_ bytes: inout [UInt8]) -> TerminalKey? {
    bytes.removeFirst()
    guard let kind = bytes.first, kind == UInt8(ascii: "[") || kind == UInt8(ascii: "O") else {
      return .escape
    }
    // Parameters, then one final byte (ECMA-48).
    guard let end = bytes.dropFirst().firstIndex(where: { (0x40...0x7E).contains($0) }) else {
      bytes.removeAll()
      return nil
    }
    let parameters = String(decoding: bytes[1..<end], as: UTF8.self)
    let final = bytes[end]
    bytes.removeFirst(end + 1)
    switch final {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    case UInt8(ascii: "C"): return .right
    case UInt8(ascii: "D"): return .left
    case UInt8(ascii: "H"): return .home
    case UInt8(ascii: "F"): return .end
    case UInt8(ascii: "~"):
      let names: [String: TerminalKey] = [
        "1": .home, "4": .end, "5": .pageUp, "6": .pageDown, "7": .home, "8": .end,
      ]
      return names[parameters]
    default: return nil
    }
  }
}
