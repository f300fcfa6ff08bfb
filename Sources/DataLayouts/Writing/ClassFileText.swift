/// The file of classes: a table with their ids, names and, where all have some, colors.
enum ClassFileText {
  static func text(_ classes: [AnnotatedClass]) -> String {
    let hasColors = classes.allSatisfy { $0.color != nil }
    let rows = classes.enumerated().map { id, entry in
      var fields = ["\(id)", field(entry.name)]
      if hasColors, let color = entry.color { fields += color.components.map(String.init) }
      return fields.joined(separator: ",")
    }
    return ((hasColors ? ["id,name,r,g,b"] : ["id,name"]) + rows).joined(separator: "\n") + "\n"
  }

  /// Quotes and line ends have no place in such a table.
  private static func field(_ name: String) -> String {
    let plain = name.replacing("\"", with: "'").map { $0.isNewline ? " " : String($0) }.joined()
    return plain.contains(",") || plain.contains(";") || plain.hasPrefix("#")
      ? "\"\(plain)\"" : plain
  }
}
