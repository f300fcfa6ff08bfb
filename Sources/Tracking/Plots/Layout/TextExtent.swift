/// How much room text takes in a figure, the same on every machine: the advance widths of DejaVu Sans,
/// which is as wide as any font that pages fall back to.
package enum TextExtent {
  /// Pixels.
  package static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    let hundredths = text.reduce(0) { $0 + advance(of: $1) }
    return Double(hundredths) / 100 * size * (isBold ? 1.1 : 1)
  }

  /// The text in no more than that many pixels; its middle gives way.
  package static func shortened(_ text: String, to room: Double, size: Double) -> String {
    guard width(text, size: size) > room else { return text }
    var kept = text.count
    while kept > 3 {
      kept -= 1
      let front = (kept + 1) / 2
      let short = text.prefix(front) + "…" + text.suffix(kept - front)
      if width(String(short), size: size) <= room { return String(short) }
    }
    return String(text.prefix(2)) + "…"
  }

  /// The text in lines that are no longer than that, ended between words.
  package static func wrapped(_ text: String, to room: Double, size: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, width("\(last) \(word)", size: size) <= room {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// Hundredths of the size.
  private static func advance(of character: Character) -> Int {
    guard let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F else {
      return 64 * max(1, TextWidth.of(String(character)))
    }
    return advances[Int(ascii) - 0x20]
  }

  /// Of the characters from the space to the tilde.
  private static let advances = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
    60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
    63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
  ]
}
