/// Columns of text for a terminal: numbers to the right, a thin line under the header.
public struct TextTable: TableFormat {
  public let name = "text"
  public let about = "Aligned columns, to be read in a terminal."

  /// Characters that a line may have. Where the columns need more, figures are left out, the least
  /// important first, and named under the table; the other columns stay, however wide.
  public var width: Int?
  /// What to do with the line of the best row: a caller that knows of colours puts them here.
  public var emphasis: @Sendable (String) -> String

  public init(
    width: Int? = nil, emphasis: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.width = width
    self.emphasis = emphasis
  }

  public func text(of table: ComparisonTable) -> String {
    let (shown, left) = fitting(table.columns.indices.map { Shown(table, column: $0) })
    var lines = [Self.line(shown.map { $0.padded($0.header) })]
    lines.append(String(repeating: "─", count: Self.width(shown)))
    for (index, row) in table.rows.enumerated() {
      let line = Self.line(shown.map { $0.padded($0.cells[index]) })
      lines.append(row.isBest ? emphasis(line) : line)
    }
    var notes = table.notes.map(Self.oneLine)
    if !left.isEmpty {
      notes.append("not shown for lack of width: \(left.joined(separator: ", "))")
    }
    if !notes.isEmpty { lines += [""] + notes }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The columns that fit, and the headers of those that do not.
  private func fitting(_ columns: [Shown]) -> (shown: [Shown], left: [String]) {
    guard let width else { return (columns, []) }
    var shown = columns
    var left: [String] = []
    while Self.width(shown) > width,
      let last = shown.lastIndex(where: { $0.column.kind == .metric })
    {
      left.insert(shown.remove(at: last).header, at: 0)
    }
    return (shown, left)
  }

  /// A column with its texts.
  private struct Shown {
    let column: ComparisonTable.Column
    let header: String
    let cells: [String]
    /// That of the header or the widest cell, in characters.
    let width: Int

    init(_ table: ComparisonTable, column index: Int) {
      column = table.columns[index]
      header = TextTable.oneLine(column.header)
      cells = table.rows.map { TextTable.oneLine($0.cells[index].text) }
      width = cells.reduce(header.count) { max($0, $1.count) }
    }

    func padded(_ text: String) -> String {
      let padding = String(repeating: " ", count: width - text.count)
      return column.alignment == .left ? text + padding : padding + text
    }
  }

  private static let gap = "  "

  private static func width(_ columns: [Shown]) -> Int {
    columns.map(\.width).reduce(0, +) + gap.count * max(0, columns.count - 1)
  }

  /// The cells of a line, without spaces at its end.
  private static func line(_ cells: [String]) -> String {
    let line = cells.joined(separator: gap)
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  /// Line breaks and other control characters as spaces, so that no text can upset the table or
  /// the terminal.
  private static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}

extension TableFormat where Self == TextTable {
  public static var text: TextTable { TextTable() }
}
