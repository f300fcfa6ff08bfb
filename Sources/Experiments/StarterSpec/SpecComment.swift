/// Comments of a spec that the program writes, in lines that a person can read.
enum SpecComment {
  /// Columns.
  static let widest = 100

  /// A comment in lines of words. What it is about may be called anything: a comment ends where its line ends.
  static func lines(_ text: String, indent: String = "", hanging: String = "") -> [String] {
    var lines: [String] = []
    var line = indent + "#"
    for word in text.split(whereSeparator: \.isWhitespace) {
      if line.count + word.count >= widest, line.count > indent.count + 1 {
        lines.append(line)
        line = indent + (hanging.isEmpty ? "#" : "# " + hanging.dropLast())
      }
      line += " " + word
    }
    return lines + [line]
  }

  /// A line with its comment behind it, or before it where both are too long for one.
  static func lines(_ text: String, behind comment: String) -> [String] {
    guard !comment.isEmpty else { return [text] }
    let padding = String(repeating: " ", count: max(2, 30 - text.count))
    let line = "\(text)\(padding)# \(comment)"
    if line.count <= widest, !text.contains("\n") { return [line] }
    return lines(comment, indent: String(text.prefix { $0 == " " })) + [text]
  }

  /// As YAML reads it back, without more digits than a person would write.
  static func number(_ value: Double) -> String {
    let rounded = (value * 1e8).rounded() / 1e8
    return digits(rounded == 0 ? value : rounded)
  }

  /// Without the point where a number is whole.
  static func digits(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
