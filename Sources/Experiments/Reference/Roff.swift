internal import Groundwork
internal import Tracking

/// Writes the typesetting language of manual pages.
struct Roff {
  private var lines: [String] = []

  var source: String { lines.joined(separator: "\n") + "\n" }

  /// Text in which nothing means anything to the typesetter.
  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
      .replacing("`", with: "\\(ga").replacing("~", with: "\\(ti").replacing("^", with: "\\(ha")
      .replacing("…", with: "...")
  }

  mutating func macro(_ name: String, _ arguments: [String] = []) {
    let quoted = arguments.map { "\"\(Self.escaped($0).replacing("\"", with: "\\(dq"))\"" }
    lines.append(([".\(name)"] + quoted).joined(separator: " "))
  }

  mutating func section(_ title: String) { macro("SH", [title]) }

  mutating func subsection(_ title: String) { macro("SS", [title]) }

  /// - Parameter text: one line that is marked up already.
  mutating func text(_ text: String) {
    // A line that begins with one of these would be a macro.
    let isMacro = text.hasPrefix(".") || text.hasPrefix("'")
    lines.append((isMacro ? "\\&" : "") + text)
  }

  mutating func item(_ title: String, _ text: String) {
    item(markedUp: "\\fB\(Self.escaped(title))\\fR", text)
  }

  mutating func item(markedUp title: String, _ text: String) {
    macro("TP")
    self.text(title)
    self.text(text.isEmpty ? "\\&" : Self.escaped(text))
  }

  /// Paragraphs with blank lines between them, as help texts have them: lines that are indented or
  /// that begin with the program's name are examples and keep their line breaks.
  mutating func paragraphs(_ text: String) {
    for paragraph in text.split(separator: "\n\n") {
      macro("PP")
      let rows = paragraph.split(separator: "\n")
      let isExample = rows.allSatisfy { $0.hasPrefix(" ") || $0.hasPrefix("experiments ") }
      if isExample { macro("EX") }
      for row in rows { self.text(Self.escaped(String(row))) }
      if isExample { macro("EE") }
    }
  }
}
