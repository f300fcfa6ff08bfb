/// A corner that pixels share, in pixels: the pixel in row r and column c is the square from (c, r) to
/// (c + 1, r + 1).
package struct PixelCorner: Sendable, Hashable {
  /// To the right.
  package let x: Int32
  /// Down.
  package let y: Int32

  package init(x: Int32, y: Int32) { (self.x, self.y) = (x, y) }
}

/// Pixels that hang together by their sides, as the lines around them: valid as OGC Simple Features and
/// RFC 7946 have it.
///
/// A ring is simple, has no three corners on one line, and does not repeat its first corner at its end.
/// Rings touch each other at corners at most.
package struct Polygon: Sendable, Hashable {
  /// Counterclockwise where y points up, as RFC 7946 says it; so clockwise on a screen, where y points
  /// down. The signed area of its coordinates is above 0.
  package let exterior: [PixelCorner]
  /// The opposite way.
  package internal(set) var holes: [[PixelCorner]] = []

  package var rings: [[PixelCorner]] { [exterior] + holes }
}
