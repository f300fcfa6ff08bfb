/// Polygons as pycocotools fills them (`rleFrPoly` of cocoapi, 2014): the tool of COCO, and of CVAT's and
/// Datumaro's masks.
///
/// Corners are put on a grid five times as fine, halves away from zero. The sides are walked there in steps
/// of one along their longer axis. Where the walk goes from one fine column to the next at the middle of a
/// column of pixels, that column changes between outside and inside, at the row above which the walk lies.
/// So a column's pixels are inside below an odd number of changes, counted through all columns from the
/// left; walks above and below the image change the first and the row after the last.
enum COCOPolygon {
  private static let scale = 5.0

  /// - Parameter ring: any corners; those outside of the image are walked too.
  static func fill(_ ring: [Point], into region: inout Region) {
    let (height, width) = (region.size.height, region.size.width)
    var changes: [Int] = []
    var previous: GridPoint?
    walk(ring) { point in
      defer { previous = point }
      guard let last = previous, last.x != point.x else { return }
      let fine = point.x < last.x ? point.x : point.x - 1
      // The middle of a pixel's column is the fine column 5 x + 2.
      guard fine >= 0, fine % 5 == 2, fine / 5 < width else { return }
      let row = (Double(min(point.y, last.y)) + 0.5) / scale - 0.5
      changes.append(fine / 5 * height + Int(max(0, min(Double(height), row)).rounded(.up)))
    }
    changes.sort()
    for pair in stride(from: 1, to: changes.count, by: 2) {
      region.fill(columnwise: changes[pair - 1]..<changes[pair])
    }
  }

  /// Every fine point of the sides, in the order of the corners.
  private static func walk(_ ring: [Point], _ visit: (GridPoint) -> Void) {
    guard !ring.isEmpty else { return }
    let fine = ring.map { point in
      GridPoint(truncating: Point(scale * point.x + 0.5, scale * point.y + 0.5))
    }
    for (start, end) in zip(fine, fine[1...] + fine[..<1]) where start != end {
      let (across, down) = (abs(end.x - start.x), abs(end.y - start.y))
      let isFlat = across >= down
      // Sides are computed from their left or upper end, whichever way they are walked.
      let isTurned = isFlat ? start.x > end.x : start.y > end.y
      let (from, to) = isTurned ? (end, start) : (start, end)
      let length = isFlat ? across : down
      let slope = Double(isFlat ? to.y - from.y : to.x - from.x) / Double(length)
      for step in 0...length {
        let along = isTurned ? length - step : step
        let aside = Double(isFlat ? from.y : from.x) + slope * Double(along) + 0.5
        visit(
          isFlat
            ? GridPoint(x: from.x + along, y: Int(aside))
            : GridPoint(x: Int(aside), y: from.y + along))
      }
    }
  }
}
