/// Tables as comma-separated values, for other programs.
enum CSVText {
  static func table(_ header: [String], _ rows: [[String]]) -> String {
    ([header] + rows).reduce(into: "") { text, row in
      text += row.map(quoted).joined(separator: ",") + "\n"
    }
  }

  /// In quotes where a comma, a quote or a line break would end the cell.
  private static func quoted(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { byte in ",\"\n\r".utf8.contains(byte) }
    return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}
