/// A table as a part of a page: numbers to the right, the best row marked, ids as data of the rows. The page
/// brings the style.
package struct HTMLTable: TableFormat {
  package let name = "html"
  package let about = "A table element and its notes, for a page."

  package init() {}

  package func text(of table: Comparison) -> String {
    var lines = table.warnings.map { "<p class=\"warning\" role=\"alert\">\(Self.escaped($0))</p>" }
    lines += ["<table class=\"comparison\">", "<caption>\(Self.escaped(table.title))</caption>"]
    lines.append("<thead>")
    lines.append(
      "<tr>" + table.columns.map(Self.heading).joined() + "</tr>")
    lines += ["</thead>", "<tbody>"]
    for (index, row) in table.rows.enumerated() {
      let runs = row.runs.map(\.id).joined(separator: " ")
      let cells = zip(table.columns, row.cells).map { Self.cell($0, $1, row) }.joined()
      lines.append(
        "<tr data-row=\"\(index + 1)\" data-runs=\"\(Self.escaped(runs))\""
          + "\(row.isBest ? " class=\"best\"" : "")>\(cells)</tr>")
    }
    lines += ["</tbody>", "</table>"]
    if let answer = table.answer {
      lines.append("<p class=\"answer\">\(Self.escaped(answer.sentence))</p>")
    }
    if let legend = table.legend { lines.append("<p class=\"legend\">\(Self.escaped(legend))</p>") }
    if !table.notes.isEmpty {
      lines.append("<ol class=\"notes\">")
      lines += table.notes.map { "<li>\(Self.escaped($0))</li>" }
      lines.append("</ol>")
    }
    if let stamp = table.stamp {
      lines.append("<p class=\"stamp\">\(Self.escaped(stamp.text))</p>")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func heading(_ column: Comparison.Column) -> String {
    let numeric = column.alignment == .right ? " class=\"num\"" : ""
    let title = column.path == column.header ? "" : " title=\"\(escaped(column.name))\""
    return "<th scope=\"col\" data-kind=\"\(column.kind.rawValue)\"\(numeric)\(title)>"
      + "\(escaped(column.header))</th>"
  }

  private static func cell(
    _ column: Comparison.Column, _ cell: Comparison.Cell, _ row: Comparison.Row
  ) -> String {
    var classes = column.alignment == .right ? ["num"] : []
    if cell.isMissing { classes.append("absent") }
    let attributes =
      (classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\"") + sortKey(cell)
    var text = escaped(cell.text)
    if row.isBest, column.kind == .objective { text = "<strong>\(text)</strong>" }
    return column.name == "row"
      ? "<th scope=\"row\"\(attributes)>\(text)</th>" : "<td\(attributes)>\(text)</td>"
  }

  /// The number that the column can be sorted by.
  private static func sortKey(_ cell: Comparison.Cell) -> String {
    switch cell.value {
    case .integer(let number): " data-value=\"\(number)\""
    case .number(let number) where number.isFinite: " data-value=\"\(number)\""
    case .measured(let replicates):
      replicates.summary.map { " data-value=\"\($0.mean)\"" } ?? ""
    default: ""
    }
  }

  /// Nothing in a text is markup, and nothing in it steers.
  private static func escaped(_ text: String) -> String {
    text.printable.reduce(into: "") { escaped, character in
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.append(character)
      }
    }
  }
}

extension TableFormat where Self == HTMLTable {
  package static var html: HTMLTable { HTMLTable() }
}
