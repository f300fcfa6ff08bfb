package import Groundwork

/// A set of pixels of an image. One is used for all objects of an image, so that emptying it costs no
/// more than what was in it.
package struct Region: Sendable {
  package let size: Size
  /// `[H, W]`: 1 where the pixel is of the set.
  private(set) var pixels: [UInt8]
  /// The rows that hold pixels lie in it.
  private var rows: Range<Int> = 0..<0

  package init(size: Size) {
    self.size = size
    pixels = Array(repeating: 0, count: size.area)
  }

  /// How many pixels are of it.
  var count: Int {
    pixels[rows.lowerBound * size.width..<rows.upperBound * size.width]
      .reduce(0) { $0 + Int($1) }
  }

  var isEmpty: Bool {
    !pixels[rows.lowerBound * size.width..<rows.upperBound * size.width].contains(1)
  }

  mutating func removeAll() {
    guard !rows.isEmpty else { return }
    set(0, rows.lowerBound * size.width..<rows.upperBound * size.width)
    rows = 0..<0
  }

  /// Adds the pixels of a row from a column to another, both included; what lies outside is left out.
  mutating func fill(row: Int, _ first: Int, _ last: Int) { paint(1, row: row, first, last) }

  /// Takes them away.
  mutating func clear(row: Int, _ first: Int, _ last: Int) { paint(0, row: row, first, last) }

  mutating func insert(row: Int, column: Int) { paint(1, row: row, column, column) }

  private mutating func paint(_ value: UInt8, row: Int, _ first: Int, _ last: Int) {
    guard row >= 0, row < size.height else { return }
    let (first, last) = (max(0, first), min(size.width - 1, last))
    guard first <= last else { return }
    set(value, row * size.width + first..<row * size.width + last + 1)
    rows = rows.isEmpty ? row..<row + 1 : min(rows.lowerBound, row)..<max(rows.upperBound, row + 1)
  }

  private mutating func set(_ value: UInt8, _ range: Range<Int>) {
    pixels.withUnsafeMutableBufferPointer { $0[range].update(repeating: value) }
  }

  /// Adds pixels by their numbers column by column, each column from the top; their numbers must be of
  /// the image.
  mutating func fill(columnwise range: Range<Int>) {
    var rest = range
    while !rest.isEmpty {
      let (column, row) = rest.lowerBound.quotientAndRemainder(dividingBy: size.height)
      let end = min(size.height, row + rest.count)
      pixels.withUnsafeMutableBufferPointer { pixels in
        for row in row..<end { pixels[row * size.width + column] = 1 }
      }
      rows = rows.isEmpty ? row..<end : min(rows.lowerBound, row)..<max(rows.upperBound, end)
      rest = rest.lowerBound + end - row..<rest.upperBound
    }
  }

  /// Adds pixels by their numbers row by row.
  mutating func fill(rowwise range: Range<Int>) {
    guard let last = range.last else { return }
    set(1, range)
    let (first, end) = (range.lowerBound / size.width, last / size.width + 1)
    rows = rows.isEmpty ? first..<end : min(rows.lowerBound, first)..<max(rows.upperBound, end)
  }

  /// Takes the pixels of another region of the same size away.
  mutating func subtract(_ other: Region) {
    for place in other.rows.lowerBound * size.width..<other.rows.upperBound * size.width
    where other.pixels[place] == 1 {
      pixels[place] = 0
    }
  }

  /// The places of its pixels, row by row.
  func forEachPixel(_ body: (Int) -> Void) {
    pixels.withUnsafeBufferPointer { pixels in
      for place in rows.lowerBound * size.width..<rows.upperBound * size.width
      where pixels[place] != 0 {
        body(place)
      }
    }
  }
}
