internal import Foundation

/// Polygons as Pillow's `ImageDraw.polygon` fills them (12.3; the rule of filled polygons has been the same
/// since 8.2): the tool of LabelMe's `shape_to_mask` and of cityscapesScripts.
///
/// Corners lose their fractions. Every row from the first corner's to the last's is crossed with the sides
/// that reach it, their last row included; a crossing counts twice where a side ends above the polygon's
/// last row. From each odd crossing to the next, ends rounded outward, everything is filled, and so are
/// horizontal sides. Where two flat sides meet in a corner that would be left unconnected, the crossing
/// moves to one pixel from where they are in the neighbouring row. Numbers are of single precision.
struct PillowPolygon {
  private var sides: [Side] = []
  private var levels: [Level] = []
  private var rows: ClosedRange<Int>

  private struct Side {
    let start: GridPoint
    let rows: ClosedRange<Int>
    /// Columns for each row.
    let slope: Float

    func column(at row: Int) -> Float { Float(row - start.y) * slope + Float(start.x) }
  }

  /// A horizontal side.
  private struct Level {
    let row: Int
    var columns: ClosedRange<Int>
  }

  static func fill(_ ring: [Point], into region: inout Region) {
    fill(corners: ring.map { GridPoint(truncating: $0) }, into: &region)
  }

  /// - Parameter corners: at least one.
  static func fill(corners: [GridPoint], into region: inout Region) {
    PillowPolygon(corners).fill(into: &region)
  }

  private init(_ corners: [GridPoint]) {
    let heights = corners.map(\.y)
    rows = (heights.min() ?? 0)...(heights.max() ?? 0)
    for (index, start) in corners.enumerated() {
      let isLast = index == corners.count - 1
      let end = isLast ? corners[0] : corners[index + 1]
      if isLast, start == end { continue }
      if start.y == end.y {
        let columns = min(start.x, end.x)...max(start.x, end.x)
        levels.append(Level(row: start.y, columns: columns))
      } else {
        let slope = Float(end.x - start.x) / Float(end.y - start.y)
        sides.append(
          Side(start: start, rows: min(start.y, end.y)...max(start.y, end.y), slope: slope))
      }
    }
  }

  private func fill(into region: inout Region) {
    for level in levels {
      region.fill(row: level.row, level.columns.lowerBound, level.columns.upperBound)
    }
    let first = max(0, rows.lowerBound)
    // The rule looks at the row below the image too where the polygon goes on there.
    let last = min(region.size.height, max(0, rows.upperBound))
    guard first <= last else { return }
    for row in first...last {
      let crossings = crossings(row, isLast: row == last).sorted()
      for pair in stride(from: 1, to: crossings.count, by: 2) {
        region.fill(row: row, Self.up(crossings[pair - 1]), Self.down(crossings[pair]))
      }
    }
  }

  private func crossings(_ row: Int, isLast: Bool) -> [Float] {
    var crossings: [Float] = []
    for (index, side) in sides.enumerated() where side.rows.contains(row) {
      let column = side.column(at: row)
      if row == side.rows.upperBound, !isLast {
        crossings += [column, column]
      } else if row == side.rows.lowerBound || row == side.rows.upperBound, side.slope != 0 {
        crossings.append(connected(column, of: side, before: index, row))
      } else {
        crossings.append(column)
      }
    }
    return crossings
  }

  /// Where a side's end is drawn that meets an earlier side in a corner.
  private func connected(_ column: Float, of side: Side, before index: Int, _ row: Int) -> Float {
    let neighbour = row + (row == side.rows.upperBound ? -1 : 1)
    for other in sides[..<index] {
      guard row == other.rows.lowerBound || row == other.rows.upperBound, other.slope != 0,
        column.rounded() == other.column(at: row).rounded(), other.rows.contains(neighbour)
      else { continue }
      let near = (side.column(at: neighbour), other.column(at: neighbour))
      if column > near.0 + 1, column > near.1 + 1 { return max(near.0, near.1).rounded() + 1 }
      if column < near.0 - 1, column < near.1 - 1 { return min(near.0, near.1).rounded() - 1 }
      break
    }
    return column
  }

  /// Halves away from zero, and halves towards zero.
  private static func up(_ value: Float) -> Int {
    let nearest = (Double(abs(value)) + 0.5).rounded(.down)
    return Int(value >= 0 ? nearest : -nearest)
  }
  private static func down(_ value: Float) -> Int {
    let nearest = (Double(abs(value)) - 0.5).rounded(.up)
    return Int(value >= 0 ? nearest : -nearest)
  }
}
