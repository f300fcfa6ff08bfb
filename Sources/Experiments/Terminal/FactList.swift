internal import Datasets
internal import Groundwork
import Tracking

/// Names with what is said of them, the names as wide as the widest.
struct FactList {
  /// Columns of the terminal that a table among the facts may have, where names are not long.
  static var room: Int? { Screen.outputWidth.map { max(20, $0 - 14) } }

  private var facts: [(name: String, text: String)] = []

  /// - Parameter text: may have several lines; what could steer a terminal is made visible.
  mutating func add(_ name: String, _ text: String) {
    facts.append((name.printable, text.printableLines))
  }

  /// Lines end between words where the width is reached. Where names would leave less than half of
  /// it, what is said of them begins on a line of its own.
  func text(style: Style = .output, width: Int? = Screen.outputWidth) -> String {
    let widest = facts.map { TextWidth.of($0.name) }.max() ?? 0
    let isNarrow = width.map { widest + 2 > $0 / 2 } ?? false
    let indent = isNarrow ? 2 : widest + 2
    let room = width.map { max(1, $0 - indent) } ?? .max
    return facts.map { fact in
      let lines = fact.text.split(separator: "\n", omittingEmptySubsequences: false)
        .flatMap { TextWidth.wrapped(String($0), to: room) }
      let padding = String(repeating: " ", count: max(0, indent - TextWidth.of(fact.name)))
      let between = isNarrow ? "\n" + String(repeating: " ", count: indent) : padding
      let text = lines.joined(separator: "\n" + String(repeating: " ", count: indent))
      return style.dim(fact.name) + (fact.text.isEmpty ? "" : between + text)
    }.joined(separator: "\n")
  }
}
