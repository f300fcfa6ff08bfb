package import Groundwork

/// A text file that says what classes there are: one name a line, or a table with an id or a colour
/// for each.
///
/// Tables are read in the forms that tools write: `name,r,g,b` and `id,name` with commas,
/// semicolons or tabs, with a header or without; `id name` (DeepDetect's `corresp.txt`);
/// `r g b name` (CamVid's `label_colors.txt`) and `name r g b`; `name:r,g,b:parts:actions` (CVAT's
/// `labelmap.txt`). A file is of one form from its first line to its last, or refused.
package struct ClassFile: Sendable {
  package let path: String
  /// In the order of their ids, or of the lines where there are none.
  package let classes: [Entry]

  package struct Entry: Sendable, Hashable {
    package let name: String
    package let colour: RGB?
    /// From 1.
    package let line: Int
  }

  /// - Throws: ``DataError`` where the file cannot be read, or a line is of no form or another than
  ///   those before.
  package init(path: String) throws(DataError) {
    self.path = path
    let text = try TextLines(path: path)
    let lines = text.content.map { ClassLine(number: $0.number, text: $0.text) }
    do throws(ClassLine.Problem) {
      classes = try Self.classes(lines, header: Self.commentedHeader(text))
    } catch {
      throw DataError(DataProblem(file: path, line: error.line, error.message))
    }
  }

  /// - Throws: ``DataError`` where a class has no colour, or two have one.
  package func colours() throws(DataError) -> [(name: String, colour: RGB)] {
    var names: [RGB: String] = [:]
    return try classes.map { entry throws(DataError) in
      guard let colour = entry.colour else {
        throw DataError(
          DataProblem(
            file: path, line: entry.line,
            "'\(entry.name)' has no colour: write name,r,g,b, the numbers from 0 to 255"))
      }
      if let other = names.updateValue(entry.name, forKey: colour), other != entry.name {
        throw DataError(
          DataProblem(
            file: path, line: entry.line,
            "colour \(colour) is both '\(other)' and '\(entry.name)'"))
      }
      return (entry.name, colour)
    }
  }

  /// A comment before the first row that names columns, as `# name r g b` or `#,name`.
  private static func commentedHeader(_ text: TextLines) -> ClassLine? {
    let first = text.content.first?.number ?? 1
    guard let index = text.lines[..<(first - 1)].lastIndex(where: { !$0.trimmed.isEmpty }) else {
      return nil
    }
    let line = text.lines[index].trimmed
    let isColumn = line.dropFirst().trimmed.first.map { ",;".contains($0) } ?? false
    let header = ClassLine(number: index + 1, text: isColumn ? line : line.dropFirst().trimmed)
    return header.isHeader ? header : nil
  }

  private static func classes(
    _ lines: [ClassLine], header: ClassLine?
  ) throws(ClassLine.Problem) -> [Entry] {
    guard let first = lines.first else { return [] }
    if first.text.hasPrefix("{") || first.text.hasPrefix("[") {
      throw first.problem("is JSON: write one name a line")
    }
    let labelMap = lines.compactMap(\.labelMapEntry)
    if labelMap.count == lines.count { return labelMap }
    if let numbered = try NumberedNames.entries(of: lines) { return numbered }
    if let header, let rows = separatedRows([header] + lines) ?? titledRows(header, lines) {
      return try ClassTable(rows).entries
    }
    if let rows = separatedRows(lines) {
      // `12 car` behind a tab may be three columns of colours and a name.
      return try ClassTable(rows.separatingColours ?? rows).entries
    }
    let others = Array(lines.dropFirst())
    if first.isHeader {
      if let rows = titledRows(first, others) { return try ClassTable(rows).entries }
      throw others.first?.problem("'\(others[0].text)' is no row of the header '\(first.text)'")
        ?? first.problem("is a header, and no class follows")
    }
    if let rows = wordRows(lines) { return try ClassTable(rows).entries }
    if ClassTable.isHeading(first.text) {
      throw first.problem(
        "'\(first.text)' is a class or a header: take the line out, or write the names in the spec")
    }
    if let rows = wordRows(others), (try? ClassTable(rows).entries) != nil {
      throw first.problem(
        "'\(first.text)' is no row of the table that follows: take the line out, or write a header of "
          + "its columns, as id name r g b")
    }
    for line in lines where line.looksLikeRow {
      throw line.problem(
        "'\(line.text)' looks like the row of a table, but not every line is one: write names alone, "
          + "or a table from the first line to the last")
    }
    return lines.map { Entry(name: $0.unquoted, colour: nil, line: $0.number) }
  }

  /// With commas, semicolons or tabs between the columns; `nil` where there are none.
  private static func separatedRows(_ lines: [ClassLine]) -> [ClassTable.Row]? {
    for separator: Character in ["\t", ",", ";"] {
      let rows = lines.map { ClassTable.Row(line: $0, fields: $0.fields(separator)) }
      if rows[0].fields.count > 1, rows.allSatisfy({ $0.fields.count == rows[0].fields.count }) {
        return rows
      }
    }
    return nil
  }

  /// With blanks between the columns, of which the header says which is the name; with the header.
  private static func titledRows(_ header: ClassLine, _ lines: [ClassLine]) -> [ClassTable.Row]? {
    let titles = header.words
    let meanings = titles.map { ClassTable.meaning(of: $0) }
    let names = titles.indices.filter { meanings[$0] == "name" }
    for name in names + titles.indices.filter({ meanings[$0] == "class" }) {
      let rows = lines.compactMap {
        $0.wordRow(leading: name, trailing: titles.count - name - 1)
      }
      guard rows.count == lines.count, !rows.isEmpty,
        rows.allSatisfy({ row in
          row.fields.indices.allSatisfy { $0 == name || Int(row.fields[$0]) != nil }
        })
      else { continue }
      return [ClassTable.Row(line: header, fields: titles.map(String.init))] + rows
    }
    return nil
  }

  /// With blanks between the columns and no header: a name with its id, its colour or both before
  /// it, or its colour behind it. `nil` where they are none.
  private static func wordRows(_ lines: [ClassLine]) -> [ClassTable.Row]? {
    let around = lines.map(\.numbersAround)
    let leading = around.map(\.leading).min() ?? 0
    var trailing = around.map(\.trailing).min() ?? 0
    switch (leading, trailing) {
    case (1, 3...), (1, ..<3), (3, ..<3), (4, ..<3), (0, 3...4): break
    default: return nil
    }
    if leading == 1, trailing > 3 { trailing = 3 }
    if leading > 0, trailing < 3 { trailing = 0 }
    let rows = lines.compactMap { $0.wordRow(leading: leading, trailing: trailing) }
    return rows.count == lines.count ? rows : nil
  }
}
