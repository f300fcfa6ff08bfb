internal import Groundwork

/// A line of a class file.
package struct ClassLine {
  package let number: Int
  package let text: Substring

  /// What is wrong with one.
  package struct Problem: Error {
    package let line: Int
    package let message: String
  }

  package func problem(_ message: String) -> Problem { Problem(line: number, message: message) }

  package var words: [Substring] { text.split { $0.isWhitespace } }

  /// Without quotes around all of it.
  var unquoted: String {
    guard let quote = text.first, "\"'".contains(quote), text.count > 2, text.last == quote,
      !text.dropFirst().dropLast().contains(quote)
    else { return String(text) }
    return String(text.dropFirst().dropLast())
  }

  /// True where the line names columns of a table, the name and numbers among them.
  var isHeader: Bool {
    let separator = ([",", ";", "\t"] as [Character]).first { text.contains($0) }
    let titles = separator.map { fields($0) } ?? words.map(String.init)
    let meanings = titles.compactMap { ClassTable.meaning(of: $0) }
    let names = meanings.filter { $0 == "name" || $0 == "class" }
    return titles.count > 1 && meanings.count == titles.count && !names.isEmpty
      && Set(meanings).count > 1
  }

  /// Between the separators, without blanks and quotes around them.
  package func fields(_ separator: Character) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == separator, !isQuoted {
        fields.append("")
      } else {
        fields[fields.count - 1].append(character)
      }
    }
    return fields.map { String($0[...].trimmed) }
  }

  /// The class of a line of CVAT, `name:r,g,b:parts:actions`; `nil` for other lines.
  var labelMapEntry: ClassFile.Entry? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 4, !parts[0].isEmpty else { return nil }
    let colour = parts[1].split(separator: ",").compactMap { UInt8($0) }
    guard colour.count == 3 else { return nil }
    return ClassFile.Entry(
      name: String(parts[0]), colour: RGB(colour[0], colour[1], colour[2]), line: number)
  }

  /// How many words before the name are numbers, and how many behind it.
  var numbersAround: (leading: Int, trailing: Int) {
    let words = words
    let leading = words.prefix { Int($0) != nil }.count
    guard leading < words.count else { return (0, 0) }
    return (leading, words.reversed().prefix { Int($0) != nil }.count)
  }

  /// With blanks between the columns; the name may hold blanks. `nil` where there are fewer words.
  func wordRow(leading: Int, trailing: Int) -> ClassTable.Row? {
    let words = words
    guard words.count > leading + trailing else { return nil }
    let name = words.dropFirst(leading).dropLast(trailing).joined(separator: " ")
    let fields = words.prefix(leading).map(String.init) + [name]
    return ClassTable.Row(line: self, fields: fields + words.suffix(trailing).map(String.init))
  }

  /// True where a column of the line is a number.
  var looksLikeRow: Bool {
    max(numbersAround.leading, numbersAround.trailing) > 2
      || ([",", ";", "\t"] as [Character]).contains { separator in
        let fields = fields(separator)
        return fields.count > 1 && fields.contains { Int($0) != nil }
      }
  }
}
