internal import Datasets
internal import Groundwork

/// The lines of a small text file that are not blank, with their numbers from 1.
enum PlainLines {
  static func read(_ path: String) throws(DataError) -> [(number: Int, text: String)] {
    do throws(ImageError) {
      let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
      let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
      return body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
        .compactMap { index, line in
          let words = line.split(whereSeparator: \.isWhitespace)
          return words.isEmpty ? nil : (index + 1, words.joined(separator: " "))
        }
    } catch {
      throw DataError(DataProblem(file: path, error.reason))
    }
  }
}
