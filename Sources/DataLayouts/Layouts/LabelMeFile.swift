internal import Datasets
internal import Foundation
internal import Groundwork

/// A JSON file of LabelMe: the shapes of one image.
struct LabelMeFile {
  let path: String
  /// As it is written.
  let imagePath: String
  let size: Size?
  let shapes: [Shape]

  struct Shape {
    let label: String
    let type: String
    let points: [Point]
    let group: String?
    /// A PNG in base64.
    let mask: String?
    let line: Int

    /// Why it covers no pixels, as the end of `1 annotation …`; `nil` where it does.
    var omission: String? {
      switch type {
      case "point", "line", "linestrip", "points": "covers no area (\(type))"
      case "polygon" where points.count < 3: "has fewer than three corners"
      default: nil
      }
    }
  }

  /// - Returns: `nil` for JSON that is no annotation, as the settings of a tool.
  init?(path: String) throws(DataError) {
    let reader = try JSONReader(path: path)
    var (image, size, list): (String?, (Double?, Double?), [Shape]?) = (nil, (nil, nil), nil)
    let problems = Problems()
    guard try reader.kind() == UInt8(ascii: "{") else { return nil }
    try reader.members { key throws(DataError) in
      switch key {
      case "imagePath": image = try reader.value().text
      case "imageHeight": size.0 = try reader.value().number
      case "imageWidth": size.1 = try reader.value().number
      case "shapes":
        guard try reader.kind() == UInt8(ascii: "[") else { return try reader.skip() }
        var shapes: [Shape] = []
        try reader.elements { () throws(DataError) in
          let value = try reader.value(skipping: ["flags", "attributes"])
          let line = reader.lineNumber
          guard let label = value["label"]?.text else {
            return problems.add(path, line: line, "a shape has no label: give it one")
          }
          guard let points = value["points"]?.points else {
            return problems.add(
              path, line: line, "the points of '\(label)' are no list of pairs [x, y]")
          }
          let group = value["group_id"].flatMap { $0.integer.map(String.init) ?? $0.text }
          shapes.append(
            Shape(
              label: label, type: value["shape_type"]?.text ?? "polygon", points: points,
              group: group, mask: value["mask"]?.text, line: line))
        }
        list = shapes
      default: try reader.skip()
      }
    }
    try problems.throwIfAny()
    guard let list else { return nil }
    self.path = path
    imagePath = image ?? SourceFolder.withoutEnding(SourceFolder.name(of: path)) + ".jpg"
    shapes = list
    self.size = size.0.flatMap { height in
      size.1.flatMap { width in
        height >= 1 && width >= 1 && height < 1e6 && width < 1e6
          ? Size(height: Int(height), width: Int(width)) : nil
      }
    }
  }

  /// In the order of the file, as labelme's `shapes_to_label` does.
  func draw(on canvas: inout Canvas, _ classes: LabelMeClasses) throws(DataError) {
    var objects: [[String]] = []
    for (index, shape) in shapes.enumerated() where shape.omission == nil {
      try fill(shape, into: &canvas.region)
      let object = [shape.label, shape.group ?? "#\(index)"]
      if !objects.contains(object) { objects.append(object) }
      let number = (objects.firstIndex(of: object) ?? 0) + 1
      let isIgnored = shape.label == LabelMeClasses.ignored
      canvas.paint(
        classes.value(of: shape.label), instance: isIgnored ? 0 : UInt16(clamping: number))
    }
  }

  private func fill(_ shape: Shape, into region: inout Region) throws(DataError) {
    try PolygonCheck.check(shape.points, file: path, line: shape.line)
    let points = shape.points
    switch shape.type {
    case "polygon", "oriented_rectangle", "rotation":
      PillowPolygon.fill(points, into: &region)
    case "rectangle":
      // AnyLabeling writes four corners, LabelMe two.
      guard points.count >= 2 else { throw problem(shape, "is a rectangle without two corners") }
      let corners = points.map { GridPoint(truncating: $0) }
      PillowEllipse.fillBox(
        left: corners.map(\.x).min() ?? 0, top: corners.map(\.y).min() ?? 0,
        right: corners.map(\.x).max() ?? 0, bottom: corners.map(\.y).max() ?? 0, into: &region)
    case "circle":
      guard points.count == 2 else {
        throw problem(shape, "is a circle without a center and a point on it")
      }
      let (center, edge) = (points[0], points[1])
      let squares = (pow(center.x - edge.x, 2), pow(center.y - edge.y, 2))
      let radius = (squares.0 + squares.1).squareRoot()
      let corners = (
        GridPoint(truncating: Point(center.x - radius, center.y - radius)),
        GridPoint(truncating: Point(center.x + radius, center.y + radius))
      )
      guard radius < 20_000 else { throw problem(shape, "is a circle larger than any image") }
      PillowEllipse.fill(
        left: corners.0.x, top: corners.0.y, right: corners.1.x, bottom: corners.1.y, into: &region)
    case "mask": try fillMask(shape, into: &region)
    default:
      throw problem(
        shape, "is of the unknown type '\(shape.type)': known are polygon, rectangle, circle, mask")
    }
  }

  /// The PNG lies with its first pixel on the first point.
  private func fillMask(_ shape: Shape, into region: inout Region) throws(DataError) {
    guard let corner = shape.points.first.map({ GridPoint(truncating: $0) }),
      let mask = shape.mask.flatMap({ Base64.bytes($0) })
    else { throw problem(shape, "is a mask without a PNG in base64 or without its corner") }
    var image = MaskValues()
    do throws(ImageError) {
      try ImageFile.decode(mask, into: &image)
    } catch {
      throw problem(shape, "holds a PNG that \(error.reason)")
    }
    for row in 0..<image.size.height {
      for column in 0..<image.size.width
      where image.value(at: row * image.size.width + column) != 0 {
        region.fill(row: corner.y + row, corner.x + column, corner.x + column)
      }
    }
  }

  private func problem(_ shape: Shape, _ message: String) -> DataError {
    DataError(DataProblem(file: path, line: shape.line, "'\(shape.label)' \(message)"))
  }
}
