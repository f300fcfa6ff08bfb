/// Dots in characters: each is two dots wide and four high (Unicode block Braille Patterns).
package struct BrailleCanvas {
  package let columns: Int
  package let rows: Int
  private var dots: [UInt8]
  /// Which series was drawn last into a character.
  private(set) var owners: [Int?]
  private var characters: [Character?]

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    dots = Array(repeating: 0, count: columns * rows)
    owners = Array(repeating: nil, count: columns * rows)
    characters = Array(repeating: nil, count: columns * rows)
  }

  /// - Parameters:
  ///   - x: from 0 on the left to 1 on the right.
  ///   - y: from 0 below to 1 above.
  package mutating func line(from start: PlotPoint, to end: PlotPoint, series: Int?) {
    let (x0, y0) = (dot(start.x, 2 * columns), dot(1 - start.y, 4 * rows))
    let (x1, y1) = (dot(end.x, 2 * columns), dot(1 - end.y, 4 * rows))
    let steps = max(abs(x1 - x0), abs(y1 - y0), 1)
    for step in 0...steps {
      let part = Double(step) / Double(steps)
      set(
        Int((Double(x0) + part * Double(x1 - x0)).rounded()),
        Int((Double(y0) + part * Double(y1 - y0)).rounded()), series)
    }
  }

  /// Puts a character in the place of dots.
  package mutating func put(_ character: Character, at place: PlotPoint, series: Int?) {
    let (column, row) = (dot(place.x, 2 * columns) / 2, dot(1 - place.y, 4 * rows) / 4)
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
    characters[row * columns + column] = character
    owners[row * columns + column] = series
  }

  /// The character of a place; a blank where nothing is drawn.
  package func character(row: Int, column: Int) -> Character {
    let place = row * columns + column
    if let character = characters[place] { return character }
    guard dots[place] != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(dots[place])) else {
      return " "
    }
    return Character(scalar)
  }

  package func owner(row: Int, column: Int) -> Int? { owners[row * columns + column] }

  private func dot(_ share: Double, _ count: Int) -> Int {
    Int((min(max(share, -4), 4) * Double(count - 1)).rounded())
  }

  private mutating func set(_ x: Int, _ y: Int, _ series: Int?) {
    guard (0..<2 * columns).contains(x), (0..<4 * rows).contains(y) else { return }
    let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
    let place = y / 4 * columns + x / 2
    dots[place] |= bits[x % 2][y % 4]
    owners[place] = series
  }
}
