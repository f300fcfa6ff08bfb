/// Filled circles as OpenCV's `circle` draws them (4.x): of whole pixels, after Bresenham's midpoint rule.
enum OpenCVCircle {
  static func fill(_ center: GridPoint, radius: Int, into region: inout Region) {
    guard radius >= 0 else { return }
    var (across, down) = (radius, 0)
    var error = 0
    while across >= down {
      for (rows, columns) in [(down, across), (across, down)] {
        for row in [center.y - rows, center.y + rows] {
          region.fill(row: row, center.x - columns, center.x + columns)
        }
      }
      error += 2 * down + 1
      down += 1
      if error > 0 {
        error -= 2 * across - 1
        across -= 1
      }
    }
  }
}
