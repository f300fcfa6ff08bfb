/// A line of a class file.
struct ClassLine {
  let number: Int
  let text: Substring

  /// What is wrong with one.
  struct Problem: Error {
    let line: Int
    let message: String
  }

  func problem(_ message: String) -> Problem { Problem(line: number, message: message) }

  var words: [Substring] { text.split { $0.isWhitespace } }

  /// Between the separators, without blanks and quotes around them.
  func fields(_ separator: Character) -> [String] {
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

  /// Of CVAT: `name:r,g,b:parts:actions`.
  var labelMapEntry: ClassFile.Entry? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 4, !parts[0].isEmpty else { return nil }
    let colour = parts[1].split(separator: ",").compactMap { UInt8($0) }
    guard colour.count == 3 else { return nil }
    return ClassFile.Entry(
      name: String(parts[0]), colour: MaskColour(colour[0], colour[1], colour[2]), line: number)
  }

  /// With blanks between the columns: `id name`, `r g b name` or `name r g b`, where names may hold
  /// blanks. `nil` where it is none of them.
  var wordRow: ClassTable.Row? {
    let words = words
    let leading = words.prefix { Int($0) != nil }.count
    let trailing = words.reversed().prefix { Int($0) != nil }.count
    guard leading < words.count else { return nil }
    let fields: [Substring]
    if leading == 1 || leading == 3 {
      fields = words.prefix(leading) + [name(words.dropFirst(leading))]
    } else if leading == 0, trailing == 3 {
      fields = [name(words.dropLast(3))] + words.suffix(3)
    } else {
      return nil
    }
    return ClassTable.Row(line: self, fields: fields.map(String.init))
  }

  private func name(_ words: ArraySlice<Substring>) -> Substring {
    words.joined(separator: " ")[...]
  }

  /// Whether a column of it is a number.
  var looksLikeRow: Bool {
    ([",", ";", "\t"] as [Character]).contains { separator in
      let fields = fields(separator)
      return fields.count > 1 && fields.contains { Int($0) != nil }
    }
  }
}
