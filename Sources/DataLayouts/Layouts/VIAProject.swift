internal import Datasets

/// A project of VIA 3: files, views of them, and regions that name their view, each list apart.
struct VIAProject {
  let path: String

  /// - Parameter text: how a file begins and ends.
  static func isOne(_ text: String) -> Bool {
    text.contains("\"project\"") && text.contains("\"pid\"")
  }

  /// What a project says of its files and of what regions may be.
  private struct Contents {
    /// By the ids of files: names, and whether they are images.
    var files: [String: (name: String, isImage: Bool)] = [:]
    /// The ids of the files of each view.
    var views: [(id: String, files: [String])] = []
    /// By their ids.
    var attributes: [String: Attribute] = [:]
    /// By the ids of their views.
    var regions: [String: [(region: VIARegion, place: JSONReader.Place)]] = [:]
    var lines: [String: Int] = [:]
  }

  private struct Attribute {
    let name: String
    /// The texts of the values that may be chosen, by their ids; empty where it is a text of its own.
    let options: [String: String]
  }

  /// Visits the images in the order of their views.
  func entries(_ body: (VIAEntry) throws(DataError) -> Void) throws(DataError) {
    let contents = try contents()
    for view in contents.views {
      let line = contents.lines[view.id] ?? 1
      guard view.files.count == 1, let file = contents.files[view.files[0]] else {
        throw DataError(
          DataProblem(
            file: path, line: line,
            "view \(view.id) shows \(view.files.count) files: annotate each image by itself"))
      }
      guard file.isImage else {
        throw DataError(
          DataProblem(
            file: path, line: line,
            "\(file.name) is no image, and its regions are said by times: save the frames that were "
              + "annotated as images"))
      }
      let regions = contents.regions[view.id] ?? []
      try body(
        VIAEntry(
          filename: file.name, regions: regions.map(\.region), places: regions.map(\.place),
          line: line))
    }
  }

  /// Reads regions again.
  func regions(at places: [JSONReader.Place]) throws(DataError) -> [VIARegion] {
    guard !places.isEmpty else { return [] }
    let attributes = try attributes()
    let reader = try JSONReader(path: path)
    var regions: [VIARegion] = []
    for place in places {
      reader.go(to: place)
      if let (_, region) = try region(reader, attributes) { regions.append(region) }
    }
    return regions
  }

  // MARK: - Reading

  private func attributes() throws(DataError) -> [String: Attribute] {
    let reader = try JSONReader(path: path)
    var attributes: [String: Attribute] = [:]
    try reader.members { key throws(DataError) in
      guard key == "attribute" else { return try reader.skip() }
      for (id, value) in try reader.value().object ?? [:] {
        guard let name = value["aname"]?.text else { continue }
        attributes[id] = Attribute(
          name: name, options: (value["options"]?.object ?? [:]).compactMapValues(\.text))
      }
    }
    return attributes
  }

  private func contents() throws(DataError) -> Contents {
    var contents = Contents()
    // Regions may stand before what their attributes mean.
    contents.attributes = try attributes()
    let reader = try JSONReader(path: path)
    try reader.members { key throws(DataError) in
      switch key {
      case "file":
        for (id, value) in try reader.value().object ?? [:] {
          guard let name = value["fname"]?.text else {
            throw reader.problem("a file has no fname")
          }
          contents.files[id] = (name, value["type"]?.integer ?? Self.image == Self.image)
        }
      case "view":
        try reader.members { id throws(DataError) in
          let value = try reader.value()
          let files = value["fid_list"]?.list ?? []
          contents.views.append(
            (id, files.compactMap { $0.text ?? $0.integer.map(String.init) }))
          contents.lines[id] = reader.lineNumber
        }
      case "metadata":
        try reader.members { _ throws(DataError) in
          let place = reader.place
          if let (view, region) = try region(reader, contents.attributes) {
            contents.regions[view, default: []].append((region, place))
          }
        }
      default: try reader.skip()
      }
    }
    return contents
  }

  /// Of the types of files.
  private static let image = 2

  /// - Returns: `nil` where it is no place in an image, as what is said of all of it.
  private func region(
    _ reader: JSONReader, _ attributes: [String: Attribute]
  ) throws(DataError) -> (view: String, region: VIARegion)? {
    let value = try reader.value()
    guard let view = value["vid"].flatMap({ $0.text ?? $0.integer.map(String.init) }) else {
      throw reader.problem("a region has no vid, the view that it is in")
    }
    guard let numbers = value["xy"]?.numbers, let first = numbers.first else { return nil }
    guard let (type, shape) = Self.shape(Int(exactly: first) ?? 0, Array(numbers.dropFirst()))
    else { throw reader.problem("a region has an xy that is no shape of VIA 3") }
    var said: [String: JSONValue] = [:]
    for (id, chosen) in value["av"]?.object ?? [:] {
      guard let attribute = attributes[id], let text = chosen.text, !text.isEmpty else { continue }
      said[attribute.name] = .text(
        attribute.options.isEmpty ? text : attribute.options[text] ?? "")
    }
    return (view, VIARegion(type: type, shape: shape, attributes: said, line: reader.lineNumber))
  }

  /// A shape as versions 1 and 2 say it.
  ///
  /// - Parameter number: which of the shapes of VIA 3 it is.
  private static func shape(
    _ number: Int, _ places: [Double]
  ) -> (type: String, shape: [String: JSONValue])? {
    let shapes: [Int: (type: String, names: [String])] = [
      1: ("point", ["cx", "cy"]), 2: ("rect", ["x", "y", "width", "height"]),
      3: ("circle", ["cx", "cy", "r"]), 4: ("ellipse", ["cx", "cy", "rx", "ry"]),
      5: ("line", ["x1", "y1", "x2", "y2"]),
    ]
    if let (type, names) = shapes[number] {
      guard places.count >= names.count else { return nil }
      return (type, Dictionary(zip(names, places.map { .number($0) })) { first, _ in first })
    }
    let rings = [6: "polyline", 7: "polygon", 8: "extreme rectangle", 9: "extreme circle"]
    guard let type = rings[number], places.count.isMultiple(of: 2) else { return nil }
    let pairs = stride(from: 0, to: places.count, by: 2)
    return (
      type,
      [
        "all_points_x": .numbers(pairs.map { places[$0] }),
        "all_points_y": .numbers(pairs.map { places[$0 + 1] }),
      ]
    )
  }
}
