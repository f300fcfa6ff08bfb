/// A corner of a polygon in pixels from the left and the top, as an annotation has it.
package struct Point: Sendable, Hashable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }

  /// Beyond it a corner is no place that somebody meant.
  static let farthest = 1e6

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
