extension String {
  /// The text as a terminal may be given it: every character that could steer the terminal, end
  /// the line or turn the direction of writing is shown as U+FFFD.
  ///
  /// Names of classes, entries of lists and records come from strangers; every printer passes them
  /// through here.
  package var printable: String { replacingUnprintable(keepsLines: false) }

  /// The same for text of several lines, whose line feeds stay.
  package var printableLines: String { replacingUnprintable(keepsLines: true) }

  private func replacingUnprintable(keepsLines: Bool) -> String {
    guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
    var text = UnicodeScalarView()
    for scalar in unicodeScalars {
      let isKept = !scalar.isUnprintable || (keepsLines && scalar == "\n")
      text.append(isKept ? scalar : "\u{FFFD}")
    }
    return String(text)
  }
}

extension Unicode.Scalar {
  /// True where the character does something other than be seen: C0 and C1 controls, ends of lines
  /// and paragraphs, marks that turn the direction of writing (Unicode Standard Annex 9), and
  /// blanks without a width.
  package var isUnprintable: Bool {
    if value < 0x7F { return value < 0x20 }
    switch value {
    case 0x7F...0x9F, 0x061C, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      return true
    default: return false
    }
  }

  /// As a message names it: `U+202E`.
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
