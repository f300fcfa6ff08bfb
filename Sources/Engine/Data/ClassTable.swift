/// The rows of a class file that is a table: which column is the name, which the id, and which three
/// the colour.
struct ClassTable {
  private let rows: [Row]
  private var name = 0
  private var id: Int?
  private var colour: [Int] = []

  struct Row {
    let line: ClassLine
    let fields: [String]
  }

  private static let headings: [(meaning: String, words: [String])] = [
    ("name", ["name", "names", "class_name", "label_name", "classname", "category"]),
    ("id", ["id", "ids", "index", "class_id", "label_id", "value", "classid"]),
    ("r", ["r", "red"]), ("g", ["g", "green"]), ("b", ["b", "blue"]),
    // The one or the other.
    ("class", ["class", "classes", "label", "labels"]),
  ]

  static func isHeading(_ text: some StringProtocol) -> Bool { meaning(of: text) != nil }

  private static func meaning(of text: some StringProtocol) -> String? {
    let word = text.lowercased().replacing(" ", with: "_")
    return headings.first { $0.words.contains(word) }?.meaning
  }

  /// - Throws: ``ClassLine/Problem`` where it is not clear which column is the name.
  init(_ rows: [Row]) throws(ClassLine.Problem) {
    let isTitled = rows[0].fields.contains(where: Self.isHeading) && !rows[0].hasNumber
    self.rows = isTitled ? Array(rows.dropFirst()) : rows
    guard let first = self.rows.first else {
      throw rows[0].line.problem("is a header, and no class follows")
    }
    if isTitled {
      try findColumns(of: rows[0])
    } else {
      try guessColumns(first)
    }
  }

  private func isOfNumbers(_ column: Int) -> Bool {
    rows.allSatisfy { Int($0.fields[column]) != nil }
  }

  private mutating func findColumns(of titles: Row) throws(ClassLine.Problem) {
    let meanings = titles.fields.map { Self.meaning(of: $0) }
    let names = meanings.indices.filter { column in
      meanings[column] == "name" || meanings[column] == "class" && !isOfNumbers(column)
    }
    guard names.count == 1 else {
      throw titles.line.problem(
        "'\(titles.line.text)' does not say which column is the name: call one of them name")
    }
    name = names[0]
    id = meanings.indices.first { column in
      meanings[column] == "id" || meanings[column] == "class" && isOfNumbers(column)
    }
    let parts = ["r", "g", "b"].compactMap { meanings.firstIndex(of: $0) }
    if parts.count == 3 { colour = parts }
  }

  private mutating func guessColumns(_ first: Row) throws(ClassLine.Problem) {
    let columns = first.fields.indices
    let numbers = columns.filter(isOfNumbers)
    let texts = columns.filter { !numbers.contains($0) }
    guard texts.count == 1, [1, 3, 4].contains(numbers.count) else {
      throw first.line.problem(
        "'\(first.line.text)' is a row of \(columns.count) columns, and it is not clear which is the "
          + "name: begin with a header as name,r,g,b, or write one name a line")
    }
    name = texts[0]
    if numbers.count != 3 { id = numbers[0] }
    if numbers.count > 1 { colour = Array(numbers.suffix(3)) }
  }

  /// In the order of the ids.
  var entries: [ClassFile.Entry] {
    get throws(ClassLine.Problem) {
      var entries: [(id: Int, entry: ClassFile.Entry)] = []
      for (place, row) in rows.enumerated() {
        guard !row.fields[name].isEmpty else { throw row.line.problem("names no class") }
        entries.append(
          (
            try id.map { column throws(ClassLine.Problem) in
              try number(row, column, in: 0...rows.count - 1, "ids are 0 to \(rows.count - 1)")
            } ?? place,
            ClassFile.Entry(
              name: row.fields[name], colour: try colour(of: row), line: row.line.number)
          ))
      }
      var lines: [Int: Int] = [:]
      for (id, entry) in entries {
        if let first = lines.updateValue(entry.line, forKey: id) {
          throw ClassLine.Problem(
            line: entry.line, message: "id \(id) is also that of line \(first)")
        }
      }
      return entries.sorted { $0.id < $1.id }.map(\.entry)
    }
  }

  private func colour(of row: Row) throws(ClassLine.Problem) -> MaskColour? {
    guard colour.count == 3 else { return nil }
    var parts: [UInt8] = []
    for column in colour {
      parts.append(UInt8(try number(row, column, in: 0...255, "colours are 0 to 255")))
    }
    return MaskColour(parts[0], parts[1], parts[2])
  }

  private func number(
    _ row: Row, _ column: Int, in range: ClosedRange<Int>, _ expected: String
  ) throws(ClassLine.Problem) -> Int {
    if let number = Int(row.fields[column]), range.contains(number) { return number }
    throw row.line.problem(
      "'\(row.line.text)' has '\(row.fields[column])' where \(expected), in every line")
  }
}

extension ClassTable.Row {
  fileprivate var hasNumber: Bool { fields.contains { Int($0) != nil } }
}

extension [ClassTable.Row] {
  /// Of two columns, of which the one holds three numbers: four.
  var separatingColours: [ClassTable.Row]? {
    let rows = compactMap { row -> ClassTable.Row? in
      guard row.fields.count == 2 else { return nil }
      let parts = row.fields.map { $0.split(separator: " ").map(String.init) }
      for (colour, name) in [(0, 1), (1, 0)]
      where parts[colour].count == 3 && parts[colour].allSatisfy({ Int($0) != nil }) {
        return ClassTable.Row(line: row.line, fields: parts[colour] + [row.fields[name]])
      }
      return nil
    }
    return rows.count == count ? rows : nil
  }
}
