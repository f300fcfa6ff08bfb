internal import Datasets

/// A JSON file of VIA: a project, or the annotations exported of one.
struct VIAFile {
  let path: String

  /// True where it is a project of VIA 3.
  private var isOfThree: Bool { VIAProject.isOne(FileEnds.text(path)) }

  /// Visits the images in the order of the file.
  func entries(_ body: (VIAEntry) throws(DataError) -> Void) throws(DataError) {
    guard !isOfThree else { return try VIAProject(path: path).entries(body) }
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

  /// The regions of an image, read again.
  func regions(of found: VIAEntry) throws(DataError) -> [VIARegion] {
    guard !isOfThree else { return try VIAProject(path: path).regions(at: found.places) }
    let reader = try JSONReader(path: path)
    var regions: [VIARegion] = []
    for place in found.places {
      reader.go(to: place)
      regions += try entry(reader).regions
    }
    return regions
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
    return VIAEntry(
      filename: filename, regions: regions, places: [place], line: reader.lineNumber)
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
  /// Where they stand: the image with all of them, or each of them.
  let places: [JSONReader.Place]
  let line: Int

  /// What is kept of it until it is drawn.
  var withoutRegions: VIAEntry {
    VIAEntry(filename: filename, regions: [], places: places, line: line)
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
