/// How the pixels of an image are numbered.
package enum PixelOrder: String, Sendable, CaseIterable {
  case columns, rows
}

/// Masks as Kaggle's competitions write them: pairs of a pixel's number, from 1, and how many follow, with
/// the pixels numbered column by column from the top left, or row by row.
enum KaggleRunLengths {
  struct Problem: Error {
    let message: String
  }

  static func fill(
    _ text: Substring, order: PixelOrder, into region: inout Region
  ) throws(Problem) {
    let words = text.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    guard words.count % 2 == 0 else {
      throw Problem(
        message: "has \(words.count) numbers, and they come in pairs of start and length")
    }
    for pair in stride(from: 0, to: words.count, by: 2) {
      guard let start = Int(words[pair]), let length = Int(words[pair + 1]) else {
        throw Problem(message: "'\(words[pair]) \(words[pair + 1])' is no pair of start and length")
      }
      guard start >= 1, length >= 0, start <= region.size.area,
        length <= region.size.area - start + 1
      else {
        throw Problem(
          message:
            "'\(start) \(length)' is outside of 1…\(region.size.area), the pixels of an image "
            + "of \(region.size)")
      }
      let range = start - 1..<start - 1 + length
      switch order {
      case .columns: region.fill(columnwise: range)
      case .rows: region.fill(rowwise: range)
      }
    }
  }
}
