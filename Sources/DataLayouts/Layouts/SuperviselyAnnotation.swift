internal import Datasets
internal import Groundwork

/// The annotation of one image in a project of Supervisely.
struct SuperviselyAnnotation {
  let path: String
  let size: Size?
  let tags: [String]
  let objects: [Object]

  struct Object {
    let title: String
    let type: String
    let value: JSONValue
    let line: Int

    /// Why it covers no pixels; `nil` where it does.
    var omission: String? {
      ["line", "point", "polyline", "graph", "keypoints"].contains(type)
        ? "covers no area (\(type))" : nil
    }
  }

  init(path: String) throws(DataError) {
    let reader = try JSONReader(path: path)
    var (size, tags, objects): (JSONValue, [String], [Object]) = (.null, [], [])
    let problems = Problems()
    try reader.members { key throws(DataError) in
      switch key {
      case "size": size = try reader.value()
      case "tags":
        for tag in try reader.value().list ?? [] {
          if let name = tag["name"]?.text ?? tag.text { tags.append(name) }
        }
      case "objects":
        try reader.elements { () throws(DataError) in
          let value = try reader.value(skipping: ["tags"])
          guard let title = value["classTitle"]?.text else {
            return problems.add(path, line: reader.lineNumber, "an object has no classTitle")
          }
          let type =
            value["geometryType"]?.text ?? (value["bitmap"]?.object != nil ? "bitmap" : "polygon")
          objects.append(
            Object(title: title, type: type, value: value, line: reader.lineNumber))
        }
      default: try reader.skip()
      }
    }
    try problems.throwIfAny()
    self.path = path
    (self.tags, self.objects) = (tags, objects)
    self.size =
      if let height = size["height"]?.integer, let width = size["width"]?.integer,
        (1...1 << 20).contains(height), (1...1 << 20).contains(width)
      {
        Size(height: height, width: width)
      } else {
        nil
      }
  }

  func draw(on canvas: inout Canvas, _ classes: ClassNumbers) throws(DataError) {
    var number = 0
    for object in objects where object.omission == nil {
      try fill(object, into: &canvas.region)
      number += 1
      canvas.paint(UInt16(classes[object.title] ?? 0), instance: UInt16(clamping: number))
    }
  }

  private func fill(_ object: Object, into region: inout Region) throws(DataError) {
    switch object.type {
    case "polygon":
      let exterior = try ring(object.value["points"]?["exterior"], object)
      let holes = try (object.value["points"]?["interior"]?.list ?? []).map {
        value throws(DataError) in try ring(value, object)
      }
      OpenCVPolygon.fill([exterior], into: &region)
      OpenCVPolygon.fill(holes, into: &region, clears: true)
    case "rectangle":
      let corners = try ring(object.value["points"]?["exterior"], object)
      guard corners.count == 2 else { throw problem(object, "is a rectangle without two corners") }
      PillowEllipse.fillBox(
        left: corners[0].x, top: corners[0].y, right: corners[1].x, bottom: corners[1].y,
        into: &region)
    case "bitmap": try fillBitmap(object, into: &region)
    default:
      throw problem(
        object,
        "is of the type '\(object.type)', which cannot be drawn exactly: make it a polygon or a "
          + "bitmap in Supervisely")
    }
  }

  private func ring(_ value: JSONValue?, _ object: Object) throws(DataError) -> [GridPoint] {
    guard let points = value?.points else { throw problem(object, "has no list of corners [x, y]") }
    try PolygonCheck.check(points, file: path, line: object.line)
    return points.map { GridPoint(truncating: $0) }
  }

  /// A PNG made smaller by zlib, in base64; where it is not transparent is the object.
  private func fillBitmap(_ object: Object, into region: inout Region) throws(DataError) {
    guard let origin = object.value["bitmap"]?["origin"]?.numbers, origin.count == 2,
      origin.allSatisfy({ abs($0) <= Point.farthest }),
      let data = object.value["bitmap"]?["data"]?.text.flatMap({ Base64.bytes($0) })
    else { throw problem(object, "is a bitmap without origin [x, y] or data in base64") }
    let shown: PNGOpacity
    do throws(ImageError) {
      let isPlain = data.starts(with: [0x89, 0x50, 0x4E, 0x47])
      shown = try PNGOpacity(isPlain ? data : Zlib.inflate(data, limit: 1 << 28))
    } catch {
      throw problem(object, "holds a bitmap that \(error.reason)")
    }
    for row in 0..<shown.size.height {
      for column in 0..<shown.size.width where shown.isShown[row * shown.size.width + column] {
        let x = Int(origin[0]) + column
        region.fill(row: Int(origin[1]) + row, x, x)
      }
    }
  }

  private func problem(_ object: Object, _ message: String) -> DataError {
    DataError(
      DataProblem(file: path, line: object.line, "an object of '\(object.title)' \(message)"))
  }
}
