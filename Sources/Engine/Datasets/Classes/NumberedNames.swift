/// Class files of which every line is a name with its id, as `0: background`, `background = 0`,
/// `0) background` or `background 0`, or the item of a YAML list, as `- background`.
enum NumberedNames {
  /// A line that was taken apart.
  private struct Item {
    let line: ClassLine
    let id: Int
    let name: String
  }

  /// In the order of the ids; `nil` where the lines are of none of these forms.
  ///
  /// - Throws: where the ids are not 0 to n − 1, or a line has none.
  static func entries(of lines: [ClassLine]) throws(ClassLine.Problem) -> [ClassFile.Entry]? {
    if lines.allSatisfy({ $0.text.hasPrefix("- ") }) {
      let items = lines.map { ClassLine(number: $0.number, text: $0.text.dropFirst(2).trimmed) }
      if let numbered = try entries(of: items) { return numbered }
      return items.map { ClassFile.Entry(name: $0.unquoted, colour: nil, line: $0.number) }
    }
    let leading = lines.map(leading)
    if let first = leading.compactMap(\.self).first {
      if let other = leading.firstIndex(where: { $0 == nil }) {
        throw lines[other].problem(
          "'\(lines[other].text)' has no id, but line \(first.line.number) has: write an id in every "
            + "line, or names alone")
      }
      return try sorted(leading.compactMap(\.self))
    }
    for isMarked in [true, false] {
      let items = lines.compactMap { trailing($0, isMarked: isMarked) }
      // `stage 1` and `stage 2` are names.
      guard items.count == lines.count, Set(items.map(\.name)).count == items.count else {
        continue
      }
      // A number behind a blank may be part of a name.
      guard isMarked || items.map(\.id).sorted() == Array(items.indices) else { continue }
      return try sorted(items)
    }
    return nil
  }

  private static func sorted(_ items: [Item]) throws(ClassLine.Problem) -> [ClassFile.Entry] {
    var lines: [Int: Int] = [:]
    for item in items {
      guard items.indices.contains(item.id) else {
        throw item.line.problem(
          "'\(item.line.text)' has '\(item.id)' where ids are 0 to \(items.count - 1): write the "
            + "names alone, one a line, and what masks hold in data.values")
      }
      if let first = lines.updateValue(item.line.number, forKey: item.id) {
        throw item.line.problem("id \(item.id) is also that of line \(first)")
      }
    }
    return items.sorted { $0.id < $1.id }.map {
      ClassFile.Entry(name: $0.name, colour: nil, line: $0.line.number)
    }
  }

  /// `0: name`, `0=name`, `0) name`, `0. name` or `0 - name`.
  private static func leading(_ line: ClassLine) -> Item? {
    let digits = line.text.prefix { $0.isASCII && $0.isNumber }
    guard let id = Int(digits) else { return nil }
    let isApart = line.text.dropFirst(digits.count).first?.isWhitespace ?? false
    var rest = line.text.dropFirst(digits.count).trimmed
    guard let mark = rest.popFirst(), ":=).-".contains(mark) else { return nil }
    let isBlankNext = rest.first?.isWhitespace ?? false
    if mark == ".", !isBlankNext { return nil }
    if mark == "-", !(isApart && isBlankNext) { return nil }
    let name = ClassLine(number: line.number, text: rest.trimmed).unquoted
    return name.isEmpty ? nil : Item(line: line, id: id, name: name)
  }

  /// `name: 0` and `name=0`, or `name 0`.
  private static func trailing(_ line: ClassLine, isMarked: Bool) -> Item? {
    let digits = line.text.reversed().prefix { $0.isASCII && $0.isNumber }.count
    guard let id = Int(line.text.suffix(digits)) else { return nil }
    let rest = line.text.dropLast(digits)
    var name = rest.trimmed
    if isMarked {
      guard let mark = name.popLast(), ":=".contains(mark) else { return nil }
    } else {
      guard rest.last?.isWhitespace == true else { return nil }
    }
    let text = ClassLine(number: line.number, text: name.trimmed).unquoted
    return text.isEmpty ? nil : Item(line: line, id: id, name: text)
  }
}
