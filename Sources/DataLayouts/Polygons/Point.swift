internal import Foundation

/// A corner of a polygon in pixels from the left and the top, as an annotation has it.
package struct Point: Sendable, Hashable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }

  /// Beyond it a corner is no place that somebody meant.
  static let farthest = 1e6

  /// Clockwise as rows go downward, in radians.
  func turned(by angle: Double, around center: Point) -> Point {
    guard angle != 0 else { return self }
    let (x, y) = (x - center.x, y - center.y)
    return Point(
      center.x + cos(angle) * x - sin(angle) * y, center.y + sin(angle) * x + cos(angle) * y)
  }

  var isPlace: Bool { abs(x) <= Self.farthest && abs(y) <= Self.farthest }
}

/// A corner in whole pixels.
struct GridPoint: Hashable {
  var x: Int
  var y: Int

  /// Towards zero, as C and NumPy turn numbers into integers.
  init(truncating point: Point) { (x, y) = (Int(point.x), Int(point.y)) }

  init(x: Int, y: Int) { (self.x, self.y) = (x, y) }
}
