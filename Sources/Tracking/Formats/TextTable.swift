/// Columns of text for a terminal: numbers to the right, a thin line under the header.
package struct TextTable: TableFormat {
  package let name = "text"
  package let about = "Aligned columns, to be read in a terminal."

  /// Columns of the terminal, `nil` for no limit; see ``TableLayout`` for what gives way.
  package var width: Int?
  /// What to do with the line of a best row: a caller that knows of colours puts them here.
  package var emphasis: @Sendable (String) -> String

  package init(
    width: Int? = nil, emphasis: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.width = width
    self.emphasis = emphasis
  }

  package func text(of table: ComparisonTable) -> String {
    var layout = TableLayout(
      table.columns.map { column in
        TableLayout.Column(
          column.header, column.alignment, shortTitle: column.shortHeader,
          importance: column.importance,
          // A name that must stay gives up its middle; ids and digests are whole or left out.
          shortens: column.alignment == .left
            && (column.kind == .hyperparameter || column.importance == .max))
      })
    layout.isRuled = true
    layout.remedy = "see all with --format csv, or in a wider terminal"
    for row in table.rows { layout.add(row.cells.map(\.text)) }
    let body = layout.text(
      width: width, emphasis: { table.rows[$0].isBest ? emphasis($1) : $1 })
    let warnings = table.warnings.flatMap { lines("warning: \($0)") }
    let notes = table.notes.flatMap(lines)
    return
      (warnings + (warnings.isEmpty ? [] : [""]) + [body] + (notes.isEmpty ? [] : [""]) + notes)
      .map { $0 + "\n" }.joined()
  }

  private func lines(_ note: String) -> [String] {
    TextWidth.wrapped(note.printable, to: width ?? .max)
  }
}

extension TableFormat where Self == TextTable {
  package static var text: TextTable { TextTable() }
}
