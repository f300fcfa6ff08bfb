internal import Groundwork

/// The pixels whose centres are at most a radius away.
struct Disc: Sendable, Hashable {
  static let radius = Field.integer("radius", default: 1, 1...50, unit: "pixels", "Of the disc.")

  /// For each row from the middle, how far the disc reaches left and right.
  private let rows: [(row: Int, reach: Int)]
  private let radius: Int

  init(radius: Int) {
    self.radius = radius
    rows = (-radius...radius).map { row in
      (row, Int((Double(radius * radius - row * row)).squareRoot()))
    }
  }

  static func == (left: Disc, right: Disc) -> Bool { left.radius == right.radius }

  func hash(into hasher: inout Hasher) { hasher.combine(radius) }

  /// Where some pixel under the disc is set.
  func dilated(_ map: [Bool], _ size: Size) -> [Bool] { moved(map, size, until: true) }

  /// Where every pixel under the disc is set, as far as it lies within the image.
  func eroded(_ map: [Bool], _ size: Size) -> [Bool] { moved(map, size, until: false) }

  /// - Parameter value: what one pixel under the disc must have for the result to have it.
  private func moved(_ map: [Bool], _ size: Size, until value: Bool) -> [Bool] {
    // How many pixels of a row have the value, before each column.
    var counts = [Int32](repeating: 0, count: size.height * (size.width + 1))
    for row in 0..<size.height {
      for column in 0..<size.width {
        let place = row * (size.width + 1) + column
        counts[place + 1] = counts[place] + (map[row * size.width + column] == value ? 1 : 0)
      }
    }
    return (0..<size.area).map { pixel in
      let (row, column) = pixel.quotientAndRemainder(dividingBy: size.width)
      let isReached = rows.contains { offset, reach in
        let shifted = row + offset
        guard (0..<size.height).contains(shifted) else { return false }
        let start = shifted * (size.width + 1)
        return counts[start + min(size.width, column + reach + 1)]
          > counts[start + max(0, column - reach)]
      }
      return isReached ? value : !value
    }
  }
}

extension ImageLabels {
  /// Changes where each class other than class 0 is, in the order of their ids.
  ///
  /// - Parameters:
  ///   - move: where the class is afterwards, `[H, W]`, of where it is.
  ///   - change: the label that a pixel has afterwards, of whether it was of the class and whether it is,
  ///     and of its label; `nil` for the class, where its label is 0.
  mutating func changeClasses(
    _ move: ([Bool]) -> [Bool], change: (_ before: Bool, _ after: Bool, Label) -> Label?
  ) {
    for start in planes {
      let range = start..<start + size.area
      let classes: Set<Label> = hasPlanes ? [1] : Set(labels[range]).subtracting([0])
      // A plane without pixels of its class has nothing to change.
      for label in classes.sorted() where labels[range].contains(label) {
        let before = labels[range].map { $0 == label }
        let after = move(before)
        for pixel in 0..<size.area where before[pixel] != after[pixel] {
          let old = labels[start + pixel]
          labels[start + pixel] =
            change(before[pixel], after[pixel], old) ?? (old == 0 ? label : old)
        }
      }
    }
  }
}
