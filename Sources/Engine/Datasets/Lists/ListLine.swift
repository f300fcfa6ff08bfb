/// The fields of a line of a list file, separated by blanks, or by tabs where there is one; what is in
/// double quotes is taken as it is.
struct ListLine {
  /// A field's parts, which `;` joins.
  let fields: [[String]]

  /// - Returns: `nil` where a quote is not closed, or something follows it.
  init?(_ text: Substring) {
    let isTabbed = text.contains("\t")
    func separates(_ character: Character) -> Bool {
      isTabbed ? character == "\t" : character.isWhitespace
    }
    var fields: [[String]] = []
    var rest = text
    while !rest.isEmpty {
      var parts: [String] = []
      repeat {
        if rest.first == ";" { rest.removeFirst() }
        guard let part = Self.part(&rest, until: separates) else { return nil }
        parts.append(part)
      } while rest.first == ";"
      fields.append(parts)
      guard rest.first.map(separates) ?? true else { return nil }
      rest = rest.drop { separates($0) || $0.isWhitespace }
    }
    self.fields = fields
  }

  /// Takes what is before the next `;` or separator away from `rest`.
  private static func part(
    _ rest: inout Substring, until separates: (Character) -> Bool
  ) -> String? {
    rest = rest.drop { $0.isWhitespace && !separates($0) }
    if rest.hasPrefix("\"") {
      rest.removeFirst()
      guard let end = rest.firstIndex(of: "\"") else { return nil }
      defer { rest = rest[rest.index(after: end)...].drop { $0.isWhitespace && !separates($0) } }
      return String(rest[..<end])
    }
    let end = rest.firstIndex { $0 == ";" || separates($0) } ?? rest.endIndex
    defer { rest = rest[end...] }
    return String(rest[..<end].trimmed)
  }
}
