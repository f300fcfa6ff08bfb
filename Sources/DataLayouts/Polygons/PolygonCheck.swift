internal import Datasets

/// Refuses corners that no annotation can mean, so that what fills polygons never walks for hours.
enum PolygonCheck {
  /// In pixels along all sides of a polygon.
  static let longest = 1e8

  static func check(_ points: [Point], file: String, line: Int?) throws(DataError) {
    for (index, point) in points.enumerated() where !point.isPlace {
      throw DataError(
        DataProblem(
          file: file, line: line,
          "corner \(index + 1) of a polygon is (\(point.x), \(point.y)), which is no place in an image: "
            + "correct it, or take the polygon out"))
    }
    guard points.count > 1 else { return }
    let length = zip(points, points[1...]).reduce(0) { length, side in
      length + max(abs(side.0.x - side.1.x), abs(side.0.y - side.1.y))
    }
    guard length <= longest else {
      throw DataError(
        DataProblem(
          file: file, line: line,
          "the sides of a polygon are \(Int(length)) pixels long, which nobody drew: take it out"))
    }
  }
}
