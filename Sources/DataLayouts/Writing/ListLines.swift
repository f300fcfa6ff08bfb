/// Lines of list files.
package enum ListLines {
  /// An image, or several joined by `;`, a mask, and a mask of ids; quoted where a path holds what parts them.
  ///
  /// - Parameter boxes: the file of boxes around the objects.
  /// - Returns: `nil` where a path holds a quote or a line end, which no line can say.
  package static func line(
    _ images: [String], _ mask: String?, ids: String? = nil, boxes: String? = nil
  ) -> String? {
    let masks = [mask, ids].compactMap(\.self)
    let settings = boxes.map { ["boxes=\($0)"] } ?? []
    let fields = [images.map(quoted).joined(separator: ";")] + (masks + settings).map(quoted)
    let line = fields.joined(separator: " ")
    return (images + masks + settings).allSatisfy(isWritable) ? line : nil
  }

  private static func isWritable(_ path: String) -> Bool {
    !path.contains("\"") && !path.contains { $0.isNewline }
  }

  private static func quoted(_ path: String) -> String {
    path.contains { $0.isWhitespace || $0 == ";" } || path.hasPrefix("#") ? "\"\(path)\"" : path
  }
}
