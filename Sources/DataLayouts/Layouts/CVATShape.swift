internal import Datasets
internal import Foundation
internal import Groundwork

/// The pixels of a shape.
struct CVATShape {
  let path: String
  let line: Int

  /// Why an element covers no pixels, `""` where nobody would expect it to; `nil` where it does.
  static func omission(of element: XMLElement) -> String? {
    switch element.name {
    case "polygon", "box", "mask", "ellipse", "cuboid": nil
    case "polyline", "points", "skeleton": "covers no area (\(element.name))"
    default: ""
    }
  }

  /// Draws shapes by their z_order; those of one in their order.
  ///
  /// - Parameter lines: that stand before those from which the lines of the shapes are counted.
  static func draw(
    _ shapes: [XMLElement], of path: String, after lines: Int = 0, on canvas: inout Canvas,
    _ classes: ClassNumbers
  ) throws(DataError) {
    let order = shapes.indices.sorted { left, right in
      let heights = [left, right].map { shapes[$0]["z_order"].flatMap { Int($0) } ?? 0 }
      return (heights[0], left) < (heights[1], right)
    }
    var groups: [String: Int] = [:]
    var number = 0
    for index in order {
      let shape = shapes[index]
      try CVATShape(path: path, line: lines + shape.line).fill(shape, into: &canvas.region)
      let label = shape["label"] ?? ""
      // Shapes of one group are one object.
      let group = shape["group_id"].flatMap { $0 == "0" ? nil : "\(label)#\($0)" }
      let object: Int
      if let group, let known = groups[group] {
        object = known
      } else {
        number += 1
        object = number
        if let group { groups[group] = object }
      }
      canvas.paint(UInt16(classes[label] ?? 0), instance: UInt16(clamping: object))
    }
  }

  func fill(_ shape: XMLElement, into region: inout Region) throws(DataError) {
    switch shape.name {
    case "polygon":
      let points = try points(shape["points"] ?? "")
      if points.count > 2 { try fill(points, into: &region) }
    case "box":
      let sides = try numbers(["xtl", "ytl", "xbr", "ybr"], of: shape)
      let corners = [
        Point(sides[0], sides[1]), Point(sides[2], sides[1]), Point(sides[2], sides[3]),
        Point(sides[0], sides[3]),
      ]
      let center = Point((sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2)
      let angle = try rotation(of: shape) * .pi / 180
      try fill(corners.map { $0.turned(by: angle, around: center) }, into: &region)
    case "ellipse":
      let places = try numbers(["cx", "cy", "rx", "ry"], of: shape)
        .map { $0.rounded(.toNearestOrEven) }
      guard places.allSatisfy({ abs($0) <= Point.farthest }), places[2] >= 0, places[3] >= 0 else {
        throw problem("an ellipse lies nowhere in an image")
      }
      OpenCVEllipse.fill(
        GridPoint(truncating: Point(places[0], places[1])),
        halves: GridPoint(truncating: Point(places[2], places[3])),
        angle: Int(try rotation(of: shape).rounded(.toNearestOrEven)), into: &region)
    case "mask": try fillMask(shape, into: &region)
    default:
      throw problem(
        "a \(shape.name) cannot be drawn exactly: export the task as Segmentation mask 1.1, and import it "
          + "with experiments import voc")
    }
  }

  /// The numbers of attributes that a shape must have.
  func numbers(_ names: [String], of shape: XMLElement) throws(DataError) -> [Double] {
    let numbers = names.compactMap { shape[$0].flatMap { Double($0) } }
    guard numbers.count == names.count, numbers.allSatisfy(\.isFinite) else {
      throw problem(
        "\(shape.name == "ellipse" ? "an" : "a") \(shape.name) has no "
          + "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "")")
    }
    return numbers
  }

  /// In degrees, clockwise.
  func rotation(of shape: XMLElement) throws(DataError) -> Double {
    guard let written = shape["rotation"] else { return 0 }
    guard let degrees = Double(written), abs(degrees) <= 36_000 else {
      throw problem("a \(shape.name) is turned by '\(written.prefix(20))', which is no angle")
    }
    return degrees
  }

  private func fill(_ points: [Point], into region: inout Region) throws(DataError) {
    try PolygonCheck.check(points, file: path, line: line)
    COCOPolygon.fill(points, into: &region)
  }

  /// `x,y;x,y;…`
  private func points(_ text: String) throws(DataError) -> [Point] {
    try text.split(separator: ";").map { pair throws(DataError) in
      let numbers = pair.split(separator: ",").compactMap { Double($0.filter { $0 != " " }) }
      guard numbers.count == 2 else { throw problem("'\(pair.prefix(40))' is no corner x,y") }
      return Point(numbers[0], numbers[1])
    }
  }

  /// How many pixels of a box are outside, inside, outside and so on, row by row.
  private func fillMask(_ shape: XMLElement, into region: inout Region) throws(DataError) {
    let numbers = ["left", "top", "width", "height"].compactMap { shape[$0].flatMap { Int($0) } }
    let counts = (shape["rle"] ?? "").split(separator: ",").map {
      Int($0.filter { $0 != " " }) ?? -1
    }
    guard numbers.count == 4, numbers.allSatisfy({ (0...1 << 20).contains($0) }), numbers[2] > 0
    else {
      throw problem("a mask has no left, top, width and height")
    }
    guard !counts.contains(where: { $0 < 0 || $0 > 1 << 40 }),
      counts.reduce(0, { $0 + min($1, 1 << 40) }) == numbers[2] * numbers[3]
    else { throw problem("the rle of a mask is not of its \(numbers[2] * numbers[3]) pixels") }
    var place = 0
    for (index, count) in counts.enumerated() {
      defer { place += count }
      guard index % 2 == 1 else { continue }
      var (start, rest) = (place, count)
      while rest > 0 {
        let (row, column) = start.quotientAndRemainder(dividingBy: numbers[2])
        let length = min(rest, numbers[2] - column)
        region.fill(
          row: numbers[1] + row, numbers[0] + column, numbers[0] + column + length - 1)
        (start, rest) = (start + length, rest - length)
      }
    }
  }

  private func problem(_ message: String) -> DataError {
    DataError(DataProblem(file: path, line: line, message))
  }
}
