/// How much room text takes in a terminal.
package enum TextWidth {
  /// Columns of a terminal: 2 for each wide or fullwidth character (Unicode Standard Annex 11) and
  /// each emoji, 0 for marks alone, 1 for any other.
  package static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The text in no more columns than that: its middle gives way to `…`, so that names that begin
  /// or end alike stay apart as long as they can.
  package static func shortened(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    guard width > 1 else { return width == 1 ? "…" : "" }
    let front = (width - 1 + 1) / 2
    let start = prefix(of: text, width: front)
    let end = String(prefix(of: String(text.reversed()), width: width - 1 - front).reversed())
    return start + "…" + end
  }

  /// The text in lines of no more than that many columns, ended between words and indented as the
  /// first; a word that is longer has a line of its own.
  package static func wrapped(_ text: String, to width: Int) -> [String] {
    guard of(text) > width else { return [text] }
    let indent = String(text.prefix { $0 == " " })
    var lines: [String] = []
    var (line, lineWidth) = (indent, indent.count)
    var isFresh = true
    let words = text.dropFirst(indent.count).split(separator: " ", omittingEmptySubsequences: false)
    for word in words {
      let wordWidth = of(String(word))
      if isFresh {
        line += word
        lineWidth += wordWidth
        isFresh = false
      } else if lineWidth + 1 + wordWidth > width, !word.isEmpty {
        lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
        (line, lineWidth) = (indent + word, indent.count + wordWidth)
      } else {
        line += " " + word
        lineWidth += 1 + wordWidth
      }
    }
    return lines + [line]
  }

  private static func prefix(of text: String, width: Int) -> String {
    var (shown, used) = ("", 0)
    for character in text {
      let next = of(character)
      if used + next > width { break }
      shown.append(character)
      used += next
    }
    return shown
  }

  private static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.allSatisfy({ isMark($0) }) { return 0 }
    if scalars.contains("\u{FE0F}") || first.properties.isEmojiPresentation { return 2 }
    return isWide(first) ? 2 : 1
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    default: false
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
