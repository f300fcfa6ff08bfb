/// Columns of text for a terminal: numbers to the right, their points under each other.
///
/// Where there is no room for all, words on a row become signs, headings get shorter, long texts lose
/// their middle, columns are left out and named, and in the end rows and columns change places. No number and
/// no id is ever cut.
package struct TextTable: TableFormat {
  package let name = "text"
  package let about = "Aligned columns, to be read in a terminal."

  /// Columns of the terminal, `nil` for no limit; see ``TableLayout`` for what gives way.
  package var width: Int?
  /// What to do with the line of a best row: a caller that knows of colours puts them here.
  package var emphasis: @Sendable (String) -> String
  package var heading: @Sendable (String) -> String = { $0 }
  /// What to do with lines that matter less.
  package var aside: @Sendable (String) -> String = { $0 }
  /// A run a column; by default where at most four runs do not fit as rows.
  package var isTransposed: Bool?
  /// True where a line is drawn below the headings.
  package var isRuled = false
  /// True for nothing but ASCII.
  package var isPlain = false
  /// False where warnings and notes are shown elsewhere.
  package var showsNotes = true

  package init(
    width: Int? = nil, emphasis: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.width = width
    self.emphasis = emphasis
  }

  package func text(of table: Comparison) -> String {
    let warnings = showsNotes ? self.warnings(of: table) : []
    let title =
      table.rows.isEmpty ? [] : wrapped(table.title)
    let lines = warnings + title.map(aside) + [body(of: table)]
    return lines.map { $0 + "\n" }.joined() + (showsNotes ? notes(of: table) : "")
  }

  /// What is to be read before the table.
  package func warnings(of table: Comparison) -> [String] {
    table.warnings.flatMap { wrapped("warning: \($0)") } + (table.warnings.isEmpty ? [] : [""])
  }

  /// The answer, what is left out and the notes, for below the table.
  package func notes(of table: Comparison) -> String {
    let lines = table.sentences.flatMap(wrapped)
    let stamp = table.stamp.map { wrapped($0.text).map(aside) } ?? []
    let all = lines + stamp
    return all.isEmpty ? "" : "\n" + all.map { $0 + "\n" }.joined()
  }

  private func body(of table: Comparison) -> String {
    let words = layout(table, isShort: false)
    let signs = layout(table, isShort: true)
    let isShort = words.loss(width: width) != .nothing
    let layout = isShort ? signs : words
    let loss = layout.loss(width: width)
    let turns =
      isTransposed
      ?? (table.rows.count > 1
        && (loss == .essentials || (loss == .columns && table.rows.count <= 4)))
    guard !turns else { return shortenedPlainly(transposed(table)) }
    let text = layout.text(
      width: width, heading: heading,
      emphasis: { table.rows[$0].isBest ? emphasis($1) : $1 })
    return shortenedPlainly(text) + (isShort ? signsLegend(table) : "")
  }

  /// What the signs mean that stand for words.
  private func signsLegend(_ table: Comparison) -> String {
    var meanings: [String] = []
    func add(_ sign: String, _ meaning: String) {
      let text = "\(sign) \(meaning)"
      if !meanings.contains(text) { meanings.append(text) }
    }
    let verdicts = table.columns.firstIndex { $0.name == "verdict" }
    for row in table.rows {
      if let cell = verdicts.map({ row.cells[$0] }), let short = cell.short {
        add(short, cell.text)
      }
      for flag in row.flags { add(String(flag.sign.prefix(1)), flag.meaning) }
    }
    guard !meanings.isEmpty else { return "" }
    return "\n"
      + plain(
        TextWidth.wrapped(meanings.joined(separator: " · ").printable, to: width ?? .max)
          .map(aside).joined(separator: "\n"))
  }

  private func layout(_ table: Comparison, isShort: Bool) -> TableLayout {
    var layout = TableLayout(
      table.columns.map { column in
        var shown = TableLayout.Column(
          plain(column.header), column.alignment, shortTitle: column.shortHeader,
          importance: column.importance,
          // A name that must stay gives up its middle; ids and digests are whole or left out.
          shortens: column.alignment == .left
            && (column.kind == .hyperparameter || column.importance == .max))
        shown.breaksTitle = true
        return shown
      })
    layout.isRuled = isRuled
    layout.remedy = width.map { "--width \($0 + 40), --rows or --format csv shows more" }
    let columns = table.columns.indices.map { place in
      Self.aligned(
        table.rows.map { row in
          isShort ? row.cells[place].short ?? row.cells[place].text : row.cells[place].text
        }
      ).map(plain)
    }
    for row in table.rows.indices { layout.add(columns.map { $0[row] }) }
    return layout
  }

  /// Texts of which some are `value ± error`, with every sign under the others and the values that have
  /// none under the values.
  static func aligned(_ texts: [String]) -> [String] {
    let signs = [" ± ", " ["]
    guard let sign = signs.first(where: { sign in texts.contains { $0.contains(sign) } }) else {
      return texts
    }
    let parts = texts.map { text -> (value: String, error: String?) in
      guard let range = text.range(of: sign) else { return (text, nil) }
      return (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
    }
    let width = parts.map { TextWidth.of($0.error ?? "") }.max() ?? 0
    return parts.map { part in
      guard let error = part.error else {
        return part.value + String(repeating: " ", count: sign.count + width)
      }
      let padding = String(repeating: " ", count: width - TextWidth.of(error))
      // A shorter interval ends where it ends; an error stands to the right.
      return sign == " ± "
        ? part.value + sign + padding + error : part.value + sign + error + padding
    }
  }

  private func wrapped(_ note: String) -> [String] {
    TextWidth.wrapped(plain(note.printable), to: width ?? .max)
  }

  /// In ASCII, where that is asked for.
  ///
  /// It is done before widths are reckoned with, as some signs become longer.
  private func plain(_ text: String) -> String {
    guard isPlain else { return text }
    let replacements: [Character: String] = [
      "±": "+-", "−": "-", "–": "-", "—": "-", "·": ".", "…": "...", "≈": "~", "×": "x", "↗": "^",
      "─": "-",
    ]
    return text.reduce(into: "") { $0 += replacements[$1] ?? String($1) }
  }

  /// What the layout itself has put in: the sign for a text's middle, and the line below the headings.
  private func shortenedPlainly(_ text: String) -> String {
    isPlain ? text.replacing("…", with: ".").replacing("─", with: "-") : text
  }
}

// MARK: - Runs as columns

extension TextTable {
  /// An attribute a line and a row of the table a column; as many rows side by side as there is room for.
  ///
  /// Where there is room for one alone and nobody asked for it, each has only what matters most.
  private func transposed(_ table: Comparison) -> String {
    let all = table.columns.indices.filter { table.columns[$0].name != "row" }
    let rows = Array(table.rows.indices)
    guard isTransposed == nil, rows.count > 4,
      block(table, Array(rows.prefix(2)), all).loss(width: width) != .nothing
    else { return blocks(table, rows, all).joined(separator: "\n\n") }
    let kept = all.filter { table.columns[$0].importance >= TableLayout.Column.essential }
    let left = all.filter { !kept.contains($0) }.map { table.columns[$0].header.printable }
    let note =
      "not shown for lack of width: " + left.joined(separator: ", ") + "; see all with --rows"
    return
      (blocks(table, rows, kept) + [
        TextWidth.wrapped(note, to: width ?? .max).joined(separator: "\n")
      ]).joined(separator: "\n\n")
  }

  private func blocks(_ table: Comparison, _ rows: [Int], _ columns: [Int]) -> [String] {
    var blocks: [String] = []
    var rest = rows
    while !rest.isEmpty {
      var count = rest.count
      while count > 1,
        block(table, Array(rest.prefix(count)), columns).loss(width: width) != .nothing
      {
        count -= 1
      }
      let part = Array(rest.prefix(count))
      blocks.append(block(table, part, columns).text(width: width, heading: heading))
      rest.removeFirst(count)
    }
    return blocks
  }

  private func block(_ table: Comparison, _ rows: [Int], _ columns: [Int]) -> TableLayout {
    var layout = TableLayout(
      [TableLayout.Column("row", .left, importance: .max, shortens: true, staysDistinct: false)]
        + rows.map { TableLayout.Column("\($0 + 1)", .right, importance: .max, shortens: true) })
    layout.isRuled = isRuled
    for place in columns {
      let column = table.columns[place]
      let texts = rows.map { table.rows[$0].cells[place].text }
      guard texts.contains(where: { !$0.isEmpty }) else { continue }
      layout.add([plain(column.shortHeader ?? column.header)] + Self.aligned(texts).map(plain))
    }
    return layout
  }
}

extension TableFormat where Self == TextTable {
  package static var text: TextTable { TextTable() }
}
