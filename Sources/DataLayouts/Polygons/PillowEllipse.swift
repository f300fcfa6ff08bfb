internal import Foundation

/// Circles and rectangles as Pillow's `ImageDraw.ellipse` and `rectangle` fill them (12.3): what LabelMe's
/// `shape_to_mask` draws circles and boxes with.
enum PillowEllipse {
  /// - Parameters:
  ///   - left: the box of the ellipse, and `right` and `bottom` still belong to it.
  static func fill(
    left: Int, top: Int, right: Int, bottom: Int, into region: inout Region
  ) {
    guard left <= right, top <= bottom else { return }
    let (width, height) = (right - left, bottom - top)
    var widths: [Int: Int] = [:]
    var quarter = Quarter(a: width, b: height)
    // The first point of a height is the widest.
    while let point = quarter.next() { widths[point.y] = max(widths[point.y] ?? 0, point.x) }
    for (y, x) in widths {
      for side in [-y, y] {
        region.fill(row: top + (side + height) / 2, left + (width - x) / 2, left + (width + x) / 2)
      }
    }
  }

  static func fillBox(
    left: Int, top: Int, right: Int, bottom: Int, into region: inout Region
  ) {
    let (first, last) = (max(0, min(top, bottom)), min(region.size.height - 1, max(top, bottom)))
    guard first <= last else { return }
    for row in first...last { region.fill(row: row, min(left, right), max(left, right)) }
  }

  /// A quarter of an ellipse with half axes a and b in half pixels, from (a, b mod 2) upward: of the three
  /// neighbours up, left, and both, the next point is the one nearest to the curve (after Bresenham).
  private struct Quarter {
    let a, b: Int
    var place: (x: Int, y: Int)?

    init(a: Int, b: Int) {
      (self.a, self.b) = (a, b)
      place = (a, b % 2)
    }

    private func distance(_ x: Int, _ y: Int) -> Int {
      abs(a * a * y * y + b * b * x * x - a * a * b * b)
    }

    mutating func next() -> (x: Int, y: Int)? {
      guard let point = place else { return nil }
      if point.x == a % 2, point.y == b {
        place = nil
        return point
      }
      var best = (x: point.x, y: point.y + 2)
      if point.x > 1 {
        for other in [(x: point.x - 2, y: point.y + 2), (x: point.x - 2, y: point.y)]
        where distance(other.x, other.y) < distance(best.x, best.y) {
          best = other
        }
      }
      place = best
      return point
    }
  }
}
