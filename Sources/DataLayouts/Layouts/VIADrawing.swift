internal import Datasets

/// Draws the regions of an image.
struct VIADrawing {
  let file: String
  let key: String?
  let classes: ClassNumbers

  func draw(_ regions: [VIARegion], on canvas: inout Canvas) throws(DataError) {
    var number = 0
    for region in regions where region.omission == nil {
      try fill(region, into: &canvas.region)
      number += 1
      let id = classes[try region.label(key, file)] ?? 0
      canvas.paint(UInt16(id), instance: UInt16(clamping: number))
    }
  }

  private func fill(_ region: VIARegion, into pixels: inout Region) throws(DataError) {
    func number(_ key: String) throws(DataError) -> Double {
      guard let number = region.shape[key]?.number, abs(number) <= Point.farthest else {
        throw problem(region, "has no \(key) that is a place in an image")
      }
      return number
    }
    switch region.type {
    case "polygon":
      guard let xs = region.shape["all_points_x"]?.numbers,
        let ys = region.shape["all_points_y"]?.numbers, xs.count == ys.count
      else { throw problem(region, "has no all_points_x and all_points_y of one length") }
      let points = zip(xs, ys).map { Point($0, $1) }
      try PolygonCheck.check(points, file: file, line: region.line)
      OpenCVPolygon.fill([points.map { GridPoint(truncating: $0) }], into: &pixels)
    case "rect":
      let (x, y) = (try number("x"), try number("y"))
      let (right, bottom) = (x + (try number("width")), y + (try number("height")))
      let corners = [Point(x, y), Point(right, y), Point(right, bottom), Point(x, bottom)]
      OpenCVPolygon.fill([corners.map { GridPoint(truncating: $0) }], into: &pixels)
    case "circle":
      let center = GridPoint(truncating: Point(try number("cx"), try number("cy")))
      let radius = Int(try number("r"))
      guard radius < 20_000 else { throw problem(region, "is a circle larger than any image") }
      OpenCVCircle.fill(center, radius: radius, into: &pixels)
    case "ellipse":
      let center = GridPoint(truncating: Point(try number("cx"), try number("cy")))
      let halves = GridPoint(truncating: Point(try number("rx"), try number("ry")))
      guard halves.x >= 0, halves.y >= 0 else { throw problem(region, "has a negative radius") }
      let turn = region.shape["theta"] == nil ? 0 : try number("theta")
      OpenCVEllipse.fill(
        center, halves: halves,
        angle: Int((turn * 180 / .pi).rounded(.toNearestOrEven)), into: &pixels)
    default:
      throw problem(
        region, "cannot be drawn exactly: make it a polygon in VIA, or take it out")
    }
  }

  private func problem(_ region: VIARegion, _ message: String) -> DataError {
    DataError(DataProblem(file: file, line: region.line, "a region (\(region.type)) \(message)"))
  }
}
