internal import Groundwork

/// The lines of a small text file, without line ends (LF or CRLF) and byte order mark.
struct TextLines {
  let path: String
  let lines: [Substring]

  /// - Throws: ``DataError`` where the file cannot be read or is not UTF-8.
  init(path: String) throws(DataError) {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path)
    } catch {
      throw DataError(DataProblem(file: path, error.reason))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DataError(DataProblem(file: path, "is not UTF-8 text"))
    }
    self.path = path
    let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    lines = body.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  /// Lines that are neither blank nor a `#` comment, trimmed, with their numbers from 1.
  var content: [(number: Int, text: Substring)] {
    lines.enumerated().compactMap { index, line in
      let text = line.trimmed
      return text.isEmpty || text.hasPrefix("#") ? nil : (index + 1, text)
    }
  }
}

extension Substring {
  /// Without blanks at either end.
  var trimmed: Substring {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
    return start[...last]
  }
}
