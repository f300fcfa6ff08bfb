internal import CKernels

/// Where each pixel comes from under a change of perspective. Pixel centres lie at integers.
package struct ProjectiveMap: Sendable {
  package typealias Point = (x: Double, y: Double)
  /// Source x = (m₀·x + m₁·y + m₂) / (m₆·x + m₇·y + m₈), source y likewise from m₃ on.
  private(set) var m: InlineArray<9, Double>

  /// The rectangle of the source that is shown in a quadrilateral of the target.
  ///
  /// - Parameters:
  ///   - from, to: opposite corners of the rectangle.
  ///   - quad: upper left, upper right, lower right and lower left corner.
  init(from: Point, to: Point, shownIn quad: (Point, Point, Point, Point)) {
    // Unit square to quadrilateral (Heckbert 1989, section 2.2.3), inverted, then to the rectangle.
    let (a, b, c, d) = quad
    let sum = (x: a.x - b.x + c.x - d.x, y: a.y - b.y + c.y - d.y)
    let (first, second) = ((x: b.x - c.x, y: b.y - c.y), (x: d.x - c.x, y: d.y - c.y))
    let determinant = first.x * second.y - second.x * first.y
    let g = (sum.x * second.y - second.x * sum.y) / determinant
    let h = (first.x * sum.y - sum.x * first.y) / determinant
    let forward: InlineArray<9, Double> = [
      b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x,
      b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y, g, h, 1,
    ]
    let u = Self.adjugate(forward)
    let (width, height) = (to.x - from.x, to.y - from.y)
    m = u
    for column in 0..<3 {
      m[column] = width * u[column] + from.x * u[6 + column]
      m[3 + column] = height * u[3 + column] + from.y * u[6 + column]
    }
  }

  /// The inverse but for a factor, which a projective map does not feel.
  private static func adjugate(_ m: InlineArray<9, Double>) -> InlineArray<9, Double> {
    [
      m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
      m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
      m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3],
    ]
  }

  /// Where the point of the target comes from.
  package func source(of point: Point) -> Point {
    let divisor = m[6] * point.x + m[7] * point.y + m[8]
    return (
      (m[0] * point.x + m[1] * point.y + m[2]) / divisor,
      (m[3] * point.x + m[4] * point.y + m[5]) / divisor
    )
  }
}

extension Sample {
  mutating func warp(by map: ProjectiveMap, interpolation: Interpolation, border: Border) {
    let m = map.m
    warp(
      by: ck_map(
        matrix: (m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]), dx: nil, dy: nil),
      interpolation: interpolation, border: border)
  }
}
