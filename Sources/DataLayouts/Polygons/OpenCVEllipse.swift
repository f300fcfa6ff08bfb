internal import Foundation

/// Filled ellipses as OpenCV's `ellipse` draws them (4.14 and 5.0): CVAT makes masks of its ellipses with it.
///
/// The ellipse becomes a convex polygon with a corner every few degrees, whose places are 65,536th parts of
/// pixels. Its sides are drawn as lines, and each row is filled between its left and its right side. Of ellipses that
/// reach beyond a corner of the image, single pixels at its edge may differ.
enum OpenCVEllipse {
  private static let one = 1 << 16
  private static let half = one >> 1

  /// - Parameters:
  ///   - halves: the half axes in whole pixels, at least 0.
  ///   - angle: by which it is turned clockwise, in degrees.
  static func fill(
    _ center: GridPoint, halves: GridPoint, angle: Int, into region: inout Region
  ) {
    let corners = corners(center, halves, angle)
    for (start, end) in zip(corners[(corners.count - 1)...] + corners, corners) {
      draw(start, end, into: &region)
    }
    fillRows(between: corners, into: &region)
  }

  // MARK: - Corners

  /// OpenCV has a table of sines with seven digits.
  private static func sine(_ degrees: Int) -> Double {
    Double(Float((sin(Double(degrees) * .pi / 180) * 1e7).rounded() / 1e7))
  }

  private static func corners(
    _ center: GridPoint, _ halves: GridPoint, _ angle: Int
  ) -> [GridPoint] {
    let longest = max(halves.x, halves.y)
    let step = longest < 3 ? 90 : longest < 10 ? 30 : longest < 15 ? 18 : 5
    let turned = (angle % 360 + 360) % 360
    let (cosine, sine) = (Self.sine(450 - turned), Self.sine(turned))
    var corners: [GridPoint] = []
    for degrees in stride(from: 0, through: 360, by: step) {
      let x = Double(halves.x * one) * Self.sine(450 - degrees)
      let y = Double(halves.y * one) * Self.sine(degrees)
      let corner = GridPoint(
        x: place(Double(center.x * one) + x * cosine - y * sine),
        y: place(Double(center.y * one) + x * sine + y * cosine))
      if corners.last != corner { corners.append(corner) }
    }
    return corners.count > 1
      ? corners : Array(repeating: GridPoint(x: center.x * one, y: center.y * one), count: 2)
  }

  /// The nearest whole number; halves go to the even one.
  private static func place(_ value: Double) -> Int { Int(value.rounded(.toNearestOrEven)) }

  // MARK: - Sides

  /// A line in 65,536th parts of pixels.
  private static func draw(_ start: GridPoint, _ end: GridPoint, into region: inout Region) {
    var (from, to) = (start, end)
    let edges = ImageEdges(width: region.size.width * one, height: region.size.height * one)
    guard edges.cut(&from, &to) else { return }
    let isFlat = abs(to.x - from.x) > abs(to.y - from.y)
    if isFlat ? to.x < from.x : to.y < from.y { swap(&from, &to) }
    region.insert(row: (to.y + half) >> 16, column: (to.x + half) >> 16)
    if isFlat {
      let slope = (to.y - from.y) * one / ((to.x - from.x) | 1)
      let column = (from.x + half) >> 16
      for step in 0...(to.x - from.x) >> 16 {
        region.insert(row: (from.y + half + step * slope) >> 16, column: column + step)
      }
    } else {
      let slope = (to.x - from.x) * one / ((to.y - from.y) | 1)
      let row = (from.y + half) >> 16
      for step in 0...(to.y - from.y) >> 16 {
        region.insert(row: row + step, column: (from.x + half + step * slope) >> 16)
      }
    }
  }

  // MARK: - Rows

  /// A side of the polygon that the rows go down along.
  private struct Side {
    /// The corner at which it ends, and the step to the next.
    var corner: Int
    let direction: Int
    var column = -one
    var change = 0
    var lastRow: Int
  }

  private static func fillRows(between corners: [GridPoint], into region: inout Region) {
    let rows = corners.map { ($0.y + half) >> 16 }
    guard corners.count > 2, let top = corners.indices.min(by: { corners[$0].y < corners[$1].y }),
      let bottom = rows.max(), bottom > 0, rows[top] < region.size.height
    else { return }
    var unused = corners.count
    var sides = [1, corners.count - 1].map {
      Side(corner: top, direction: $0, lastRow: rows[top])
    }
    for row in rows[top]...min(bottom, region.size.height - 1) {
      for place in sides.indices where row >= sides[place].lastRow {
        var start = sides[place].corner
        while unused > 0 {
          unused -= 1
          let end = (start + sides[place].direction) % corners.count
          defer { start = end }
          guard rows[end] > row else { continue }
          let height = rows[end] - row
          sides[place].lastRow = rows[end]
          sides[place].column = corners[start].x
          sides[place].change = ((corners[end].x - corners[start].x) * 2 + height) / (2 * height)
          sides[place].corner = end
          break
        }
      }
      let columns = sides.map { ($0.column + half) >> 16 }
      region.fill(row: row, columns.min() ?? 0, columns.max() ?? -1)
      for place in sides.indices { sides[place].column += sides[place].change }
    }
  }
}
