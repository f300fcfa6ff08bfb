internal import Groundwork

/// The rows of a class file that is a table: which column is the name, which the id, and which three
/// the colour.
package struct ClassTable {
  private let rows: [Row]
  private var name = 0
  private var id: Int?
  private var colour: [Int] = []

  package struct Row {
    package let line: ClassLine
    package let fields: [String]
  }

  private static let headings: [(meaning: String, words: [String])] = [
    ("name", ["name", "names", "class_name", "label_name", "classname", "category"]),
    (
      "id",
      [
        "id", "ids", "index", "idx", "class_id", "classid", "class_index", "label_id", "labelid",
        "train_id", "trainid", "category_id", "cat_id", "catid", "value", "values", "mask_value",
        "pixel", "pixel_value", "gray", "grey", "gray_value", "grey_value", "#", "no", "no.",
        "number", "key", "code", "color_index", "colour_index",
      ]
    ),
    ("r", ["r", "red"]), ("g", ["g", "green"]), ("b", ["b", "blue"]),
    ("a", ["a", "alpha"]),
    // The one or the other.
    ("class", ["class", "classes", "label", "labels", "cls"]),
  ]

  static func isHeading(_ text: some StringProtocol) -> Bool { meaning(of: text) != nil }

  /// `name`, `id`, `r`, `g`, `b`, `a`, or `class`, which is the name or the id.
  package static func meaning(of text: some StringProtocol) -> String? {
    let word = text.lowercased().replacing(" ", with: "_").replacing("-", with: "_")
    return headings.first { $0.words.contains(word) }?.meaning
  }

  /// - Throws: ``ClassLine/Problem`` where it is not clear which column is the name.
  package init(_ rows: [Row]) throws(ClassLine.Problem) {
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
    id = try idColumn(
      of: titles,
      meanings.indices.filter { column in
        meanings[column] == "id" || meanings[column] == "class" && isOfNumbers(column)
      })
    if id == nil,
      let column = meanings.indices.first(where: { meanings[$0] == nil && isOfNumbers($0) })
    {
      throw titles.line.problem(
        "'\(titles.fields[column])' heads a column of numbers, and it is not clear what they are: "
          + "call it id where they are the ids of the classes, or leave it out (known are name, id, "
          + "r, g, b and a)")
    }
    let parts = ["r", "g", "b"].compactMap { meanings.firstIndex(of: $0) }
    if parts.count == 3 { colour = parts }
  }

  /// The column of the ids. Of several, as `id` and `trainId`, it is the one whose numbers are 0 to
  /// n − 1, or the first where none has these; `nil` where there is no column.
  private func idColumn(
    of titles: Row, _ columns: [Int]
  ) throws(ClassLine.Problem) -> Int? {
    let fitting = columns.filter(numbersRows)
    guard let first = fitting.first else { return columns.first }
    if let other = fitting.first(where: { other in
      rows.contains { Int($0.fields[other]) != Int($0.fields[first]) }
    }) {
      throw titles.line.problem(
        "'\(titles.fields[first])' and '\(titles.fields[other])' could both be the ids: leave one out"
      )
    }
    return first
  }

  /// Tells whether each of 0 to n − 1 is in the column once.
  private func numbersRows(_ column: Int) -> Bool {
    let numbers = rows.compactMap { Int($0.fields[column]) }
    return numbers.count == rows.count && numbers.sorted() == Array(rows.indices)
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
    if numbers.count == 4, !(numbers[0] < name && name < numbers[1]) {
      try chooseOpacity(numbers, first)
    }
  }

  /// Decides whether four numbers together are id and color, or color and opacity.
  private mutating func chooseOpacity(
    _ numbers: [Int], _ first: Row
  ) throws(ClassLine.Problem) {
    let opacities = Set(rows.map { $0.fields[numbers[3]] })
    let isOpaque = opacities == ["255"]
    if numbersRows(numbers[0]) {
      guard isOpaque else { return }
    } else if opacities.count == 1 || opacities == ["0", "255"] {
      (id, colour) = (nil, Array(numbers.prefix(3)))
      return
    }
    throw first.line.problem(
      "'\(first.line.text)' has four numbers, and it is not clear whether they are id,r,g,b or "
        + "r,g,b,a: begin with a header as name,r,g,b,a")
  }

  /// In the order of the ids.
  package var entries: [ClassFile.Entry] {
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

  private func colour(of row: Row) throws(ClassLine.Problem) -> RGB? {
    guard colour.count == 3 else { return nil }
    var parts: [UInt8] = []
    for column in colour {
      parts.append(UInt8(try number(row, column, in: 0...255, "colours are 0 to 255")))
    }
    return RGB(parts[0], parts[1], parts[2])
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
  /// The rows with four columns in place of two, where one of the two holds the three numbers of a
  /// color; `nil` where any row is not like this.
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
