/// What stands behind backslashes in strings of JSON.
enum JSONEscapes {
  /// How many bytes an escape has, both halves of a pair counted; `nil` for one that there is not, and for
  /// half a pair.
  ///
  /// - Parameter bytes: from the backslash on.
  static func length(_ bytes: ArraySlice<UInt8>) -> Int? {
    let start = bytes.startIndex
    guard start + 1 < bytes.endIndex else { return nil }
    guard bytes[start + 1] == UInt8(ascii: "u") else {
      return letter(bytes[start + 1]).map { _ in 2 }
    }
    guard let unit = unit(bytes) else { return nil }
    if UTF16.isTrailSurrogate(unit) { return nil }
    guard UTF16.isLeadSurrogate(unit) else { return 6 }
    guard let second = self.unit(bytes.dropFirst(6)), UTF16.isTrailSurrogate(second) else {
      return nil
    }
    return 12
  }

  /// - Parameter letters: of a string whose escapes are right.
  static func text(of letters: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(letters.count)
    var rest = letters
    while let byte = rest.first {
      guard byte == UInt8(ascii: "\\"), let length = length(rest) else {
        text.append(byte)
        rest = rest.dropFirst()
        continue
      }
      if length == 2 {
        text.append(letter(rest[rest.startIndex + 1]) ?? byte)
      } else {
        let units = [unit(rest), length == 12 ? unit(rest.dropFirst(6)) : nil].compactMap(\.self)
        text += String(decoding: units, as: UTF16.self).utf8
      }
      rest = rest.dropFirst(length)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func letter(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "t"): 9
    default: nil
    }
  }

  /// The number of `\uXXXX`.
  private static func unit(_ bytes: ArraySlice<UInt8>) -> UInt16? {
    let start = bytes.startIndex
    guard bytes.count >= 6, bytes[start] == UInt8(ascii: "\\"),
      bytes[start + 1] == UInt8(ascii: "u")
    else { return nil }
    return bytes[start + 2..<start + 6].reduce(0 as UInt16?) { value, byte in
      guard let value, let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
      return value << 4 | UInt16(digit)
    }
  }
}
