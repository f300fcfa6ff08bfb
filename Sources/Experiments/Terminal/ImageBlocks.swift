internal import Groundwork

/// An image as text for a terminal with 24-bit colours: each character is two pixels, one above the other.
enum ImageBlocks {
  /// - Parameters:
  ///   - image: 3 channels of 8 bits.
  ///   - width: the characters that a line may have; the image is made smaller where it is wider.
  /// - Returns: the lines, each of as many characters as the others.
  static func lines(_ image: Raster, width: Int) -> [String] {
    let columns = max(1, min(width, image.size.width))
    // Two pixels a character, whose height is about twice its width.
    let rows = max(1, image.size.height * columns / max(1, image.size.width))
    let small = image.resized(to: Size(height: rows + rows % 2, width: columns))
    return stride(from: 0, to: small.size.height, by: 2).map { row in
      let characters = (0..<columns).map { column in
        let (above, below) = (small.colour(row, column), small.colour(row + 1, column))
        return "\u{1B}[38;2;\(above);48;2;\(below)m▀"
      }
      return characters.joined() + "\u{1B}[0m"
    }
  }
}

extension Raster {
  /// `red;green;blue`, as escape sequences write it.
  fileprivate func colour(_ row: Int, _ column: Int) -> String {
    let start = (row * size.width + column) * channels
    return "\(pixels[start]);\(pixels[start + 1]);\(pixels[start + 2])"
  }
}
