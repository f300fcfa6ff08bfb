/// Lines of list files.
enum ListLines {
  /// An image, or several joined by `;`, a mask, and a mask of ids; quoted where a path holds what parts them.
  ///
  /// - Returns: `nil` where a path holds a quote or a line end, which no line can say.
  static func line(_ images: [String], _ mask: String?, ids: String? = nil) -> String? {
    let masks = [mask, ids].compactMap(\.self)
    let fields = [images.map(quoted).joined(separator: ";")] + masks.map(quoted)
    let line = fields.joined(separator: " ")
    return (images + masks).allSatisfy(isWritable) ? line : nil
  }

  private static func isWritable(_ path: String) -> Bool {
    !path.contains("\"") && !path.contains { $0.isNewline }
  }

  private static func quoted(_ path: String) -> String {
    path.contains { $0.isWhitespace || $0 == ";" } || path.hasPrefix("#") ? "\"\(path)\"" : path
  }
}
