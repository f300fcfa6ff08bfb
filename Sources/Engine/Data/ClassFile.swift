/// A text file that says what classes there are: one name a line, or a table with an id or a colour
/// for each.
///
/// Tables are read in the forms that tools write: `name,r,g,b` and `id,name` with commas,
/// semicolons or tabs, with a header or without; `id name` (DeepDetect's `corresp.txt`);
/// `r g b name` (CamVid's `label_colors.txt`) and `name r g b`; `name:r,g,b:parts:actions` (CVAT's
/// `labelmap.txt`). A file is of one form from its first line to its last, or refused.
public struct ClassFile: Sendable {
  public let path: String
  /// In the order of their ids, or of the lines where there are none.
  public let classes: [Entry]

  public struct Entry: Sendable, Hashable {
    public let name: String
    public let colour: MaskColour?
    /// From 1.
    public let line: Int
  }

  /// - Throws: ``DataError`` where the file cannot be read, or a line is of no form or another than
  ///   those before.
  public init(path: String) throws(DataError) {
    self.path = path
    let lines = try TextLines(path: path).content.map {
      ClassLine(number: $0.number, text: $0.text)
    }
    do throws(ClassLine.Problem) {
      classes = try Self.classes(lines)
    } catch {
      throw DataError(DataProblem(file: path, line: error.line, error.message))
    }
  }

  /// - Throws: ``DataError`` where a class has no colour, or two have one.
  public func colours() throws(DataError) -> [(name: String, colour: MaskColour)] {
    var names: [MaskColour: String] = [:]
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

  private static func classes(_ lines: [ClassLine]) throws(ClassLine.Problem) -> [Entry] {
    if let first = lines.first, first.text.hasPrefix("{") || first.text.hasPrefix("[") {
      throw first.problem("is JSON: write one name a line")
    }
    if let table = try table(lines) { return table }
    // The header of a table with blanks between columns.
    if lines.count > 1, lines[0].words.count > 1, lines[0].words.allSatisfy(ClassTable.isHeading),
      let table = try table(Array(lines.dropFirst()))
    {
      return table
    }
    if let first = lines.first, ClassTable.isHeading(first.text) {
      throw first.problem(
        "'\(first.text)' is a class or a header: take the line out, or write the names in the spec")
    }
    for line in lines where line.looksLikeRow {
      throw line.problem(
        "'\(line.text)' looks like the row of a table, but not every line is one: write names alone, "
          + "or a table from the first line to the last")
    }
    return lines.map { Entry(name: String($0.text), colour: nil, line: $0.number) }
  }

  /// `nil` where the lines are no table.
  private static func table(_ lines: [ClassLine]) throws(ClassLine.Problem) -> [Entry]? {
    guard !lines.isEmpty else { return nil }
    let labelMap = lines.compactMap(\.labelMapEntry)
    if labelMap.count == lines.count { return labelMap }
    for separator: Character in ["\t", ",", ";"] {
      let rows = lines.map { ClassTable.Row(line: $0, fields: $0.fields(separator)) }
      guard rows[0].fields.count > 1, rows.allSatisfy({ $0.fields.count == rows[0].fields.count })
      else { continue }
      // `12 car` behind a tab may be three columns of colours and a name.
      if let apart = rows.separatingColours { return try ClassTable(apart).entries }
      return try ClassTable(rows).entries
    }
    let rows = lines.compactMap(\.wordRow)
    return rows.count == lines.count ? try ClassTable(rows).entries : nil
  }
}
