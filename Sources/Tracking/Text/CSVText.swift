/// Lines of comma-separated values after RFC 4180.
package enum CSVText {
  package static func table(
    _ header: [String], _ rows: [[String]], lineEnd: String = "\r\n"
  ) -> String {
    ([header] + rows).map { line($0, end: lineEnd) }.joined()
  }

  /// The fields with commas between, and the end of a line.
  package static func line(_ fields: [String], end: String = "\r\n") -> String {
    fields.map(quoted).joined(separator: ",") + end
  }

  /// In quotes where a comma, a quote or a line break would end the field.
  private static func quoted(_ text: String) -> String {
    let field = text.printableLines
    let isPlain = field.unicodeScalars.allSatisfy { !",\"\r\n".unicodeScalars.contains($0) }
    guard !isPlain else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
