internal import Datasets

/// A JSON file of VIA: a project, or the annotations exported of one.
struct VIAFile {
  let path: String

  /// Visits the images in the order of the file.
  func entries(_ body: (VIAEntry) throws(DataError) -> Void) throws(DataError) {
    let reader = try JSONReader(path: path)
    let isProject = FileEnds.text(path).contains("\"_via_img_metadata\"")
    try reader.members { key throws(DataError) in
      if isProject {
        guard key == "_via_img_metadata" else { return try reader.skip() }
        try reader.members { _ throws(DataError) in try body(entry(reader)) }
      } else {
        try body(entry(reader))
      }
    }
  }

  func regions(at place: JSONReader.Place) throws(DataError) -> [VIARegion] {
    let reader = try JSONReader(path: path)
    reader.go(to: place)
    return try entry(reader).regions
  }

  private func entry(_ reader: JSONReader) throws(DataError) -> VIAEntry {
    let place = reader.place
    var (filename, regions): (String?, [VIARegion]) = (nil, [])
    guard try reader.kind() == UInt8(ascii: "{") else {
      throw reader.problem("expected an object with filename and regions")
    }
    try reader.members { key throws(DataError) in
      switch key {
      case "filename": filename = try reader.value().text
      // VIA 1 numbers them.
      case "regions" where try reader.kind() == UInt8(ascii: "{"):
        try reader.members { _ throws(DataError) in try regions.append(region(reader)) }
      case "regions":
        try reader.elements { () throws(DataError) in try regions.append(region(reader)) }
      default: try reader.skip()
      }
    }
    guard let filename else { throw reader.problem("an image has no filename") }
    return VIAEntry(filename: filename, regions: regions, place: place, line: reader.lineNumber)
  }

  private func region(_ reader: JSONReader) throws(DataError) -> VIARegion {
    let value = try reader.value()
    guard let shape = value["shape_attributes"]?.object, let type = shape["name"]?.text else {
      throw reader.problem("a region has no shape_attributes with a name")
    }
    var attributes = value["region_attributes"]?.object ?? [:]
    attributes = attributes.filter { !$0.value.isNull }
    return VIARegion(type: type, shape: shape, attributes: attributes, line: reader.lineNumber)
  }
}

/// An image of a file of VIA.
struct VIAEntry: Sendable {
  let filename: String
  let regions: [VIARegion]
  let place: JSONReader.Place
  let line: Int

  /// What is kept of it until it is drawn.
  var withoutRegions: VIAEntry {
    VIAEntry(filename: filename, regions: [], place: place, line: line)
  }
}

struct VIARegion: Sendable {
  let type: String
  let shape: [String: JSONValue]
  let attributes: [String: JSONValue]
  let line: Int

  /// Why it covers no pixels; `nil` where it does.
  var omission: String? {
    switch type {
    case "point", "polyline", "line": "covers no area (\(type))"
    case "polygon" where (shape["all_points_x"]?.numbers?.count ?? 3) < 3:
      "has fewer than three corners"
    default: nil
    }
  }

  /// - Parameter key: of the attribute that is the class; `nil` where there are no attributes.
  func label(_ key: String?, _ file: String) throws(DataError) -> String {
    guard let key else { return "object" }
    let chosen: String? =
      switch attributes[key] {
      case .text(let text): text
      case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
      // Of check boxes those that are set.
      case .object(let members):
        members.filter { $0.value.number == 1 }.count == 1
          ? members.first { $0.value.number == 1 }?.key : nil
      default: nil
      }
    guard let chosen, !chosen.isEmpty else {
      throw DataError(
        DataProblem(
          file: file, line: line, "the region's attribute '\(key)' says no class: give it one value"
        ))
    }
    return chosen
  }
}

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
    default:
      throw problem(
        region, "cannot be drawn exactly: make it a polygon in VIA, or take it out")
    }
  }

  private func problem(_ region: VIARegion, _ message: String) -> DataError {
    DataError(DataProblem(file: file, line: region.line, "a region (\(region.type)) \(message)"))
  }
}
