/// Lists of files of points, one a line, of which others than the first are not looked at.
package enum PointList {
  /// - Returns: `nil` for what cannot be read as lines of text.
  package static func entries(_ path: String) -> [String]? {
    guard let lines = try? TextLines(path: path).content else { return nil }
    var entries: [String] = []
    for line in lines {
      guard let entry = ListLine(line.text)?.fields.first?.first else { return nil }
      entries.append(entry)
    }
    return entries
  }
}
