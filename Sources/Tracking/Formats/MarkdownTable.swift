/// A table in GitHub's Markdown, the best objective in bold.
package struct MarkdownTable: TableFormat {
  package let name = "md"
  package let about = "Markdown, for a README or an issue."

  package init() {}

  package func text(of table: Comparison) -> String {
    var lines = table.warnings.flatMap { ["> **Warning:** \(Self.escaped($0))", ""] }
    lines += [
      Self.line(table.columns.map { Self.escaped($0.header) }),
      Self.line(table.columns.map { $0.alignment == .left ? ":---" : "---:" }),
    ]
    for row in table.rows {
      let cells = zip(table.columns, row.cells).map { column, cell in
        let text = Self.escaped(cell.text)
        return row.isBest && column.kind == .objective ? "**\(text)**" : text
      }
      lines.append(Self.line(cells))
    }
    let sentences = table.sentences
    if !sentences.isEmpty { lines += [""] + sentences.map { "- \(Self.escaped($0))" } }
    // A comment ends at two hyphens.
    if let stamp = table.stamp {
      lines += ["", "<!-- \(stamp.text.printable.replacing("--", with: "- -")) -->"]
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  /// A bar would end the cell and a line break the row; the other signs would style or hide it. An
  /// underscore inside a word does nothing.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if character.isNewline {
        escaped.append(" ")
      } else {
        if #"\`*[<|"#.contains(character) { escaped.append("\\") }
        escaped.append(contentsOf: String(character).printable)
      }
    }
    return escaped
  }
}

extension TableFormat where Self == MarkdownTable {
  package static var markdown: MarkdownTable { MarkdownTable() }
}
