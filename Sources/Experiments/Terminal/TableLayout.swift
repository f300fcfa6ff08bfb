/// Rows of text in columns: as wide as their widest cell, two spaces apart, numbers to the right.
struct TableLayout {
  enum Alignment: Sendable { case left, right }

  let columns: [(title: String, alignment: Alignment)]
  private(set) var rows: [[String]] = []

  init(_ columns: [(title: String, alignment: Alignment)]) { self.columns = columns }

  /// - Parameter cells: one for each column.
  mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count, "a row needs \(columns.count) cells")
    rows.append(cells)
  }

  /// Header and rows, each line without trailing spaces. A column that is empty in every row is
  /// left out.
  func text(style: Style = .output) -> String {
    let shown = columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
    let widths = shown.map { column in
      rows.map { $0[column].count }.max().map { max($0, columns[column].title.count) } ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(shown, widths).map { column, width in
        let cell = cells[column]
        let padding = String(repeating: " ", count: width - cell.count)
        return columns[column].alignment == .left ? cell + padding : padding + cell
      }
      let text = padded.joined(separator: "  ")
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
    let lines = [style.bold(line(columns.map(\.title)))] + rows.map(line)
    return lines.joined(separator: "\n")
  }
}

/// Names with what is said of them, the names as wide as the widest.
struct FactList {
  private var facts: [(name: String, text: String)] = []

  mutating func add(_ name: String, _ text: String) { facts.append((name, text)) }

  func text(style: Style = .output) -> String {
    let width = facts.map(\.name.count).max() ?? 0
    return facts.map { fact in
      let padding = String(repeating: " ", count: width - fact.name.count + 2)
      let lines = fact.text.split(separator: "\n", omittingEmptySubsequences: false)
      let indented = lines.joined(separator: "\n" + String(repeating: " ", count: width + 2))
      return style.dim(fact.name) + padding + indented
    }.joined(separator: "\n")
  }
}
