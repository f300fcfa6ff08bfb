internal import Datasets
internal import Groundwork

/// VGG Image Annotator 1 and 2: one JSON file with the regions of many images.
enum VIALayout: DataLayout {
  static let name = "via"
  static let about = "a JSON file with regions: VGG Image Annotator (VIA) 1, 2 and 3"
  static let description = """
    Annotations exported as JSON, and projects. Polygons, boxes, circles and ellipses cover the pixels that \
    OpenCV's fillPoly, circle and ellipse give them, with corners cut to whole pixels; later regions lie on top. The class is \
    the region's attribute; where regions have several attributes, --attribute says which. Lines and points \
    cover no area and are left out.
    """
  static let options: Set<LayoutOption> = [.attribute]

  private static func files(of folder: SourceFolder) -> [String] {
    folder.files(under: "", endings: ["json"]).filter { file in
      let text = FileEnds.text(folder.full(file))
      return text.contains("\"_via_img_metadata\"") || VIAProject.isOne(text)
        || text.contains("\"regions\"") && text.contains("\"filename\"")
    }
  }

  static func recognize(_ folder: SourceFolder) -> String? {
    files(of: folder).first.map { "\($0) holds regions of images" }
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    let names = files(of: folder)
    guard !names.isEmpty else { throw missing(folder) }
    let problems = Problems()
    let omissions = Omissions()
    var found: [(file: String, entry: VIAEntry, image: String)] = []
    var owners: [String: String] = [:]
    var attributes: Set<String> = []
    for name in names {
      let path = folder.full(name)
      let near = [
        SourceFolder.folder(of: name), "\(SourceFolder.folder(of: name))/images", "images", "",
      ]
      _ = problems.collect { () throws(DataError) in
        try VIAFile(path: path).entries { entry throws(DataError) in
          for region in entry.regions {
            attributes.formUnion(region.attributes.keys)
            if let reason = region.omission { omissions.add(reason, at: "\(path):\(region.line)") }
          }
          switch folder.find(entry.filename, near: near) {
          case .one(let image):
            if let other = owners.updateValue(name, forKey: image) {
              problems.add(
                path, line: entry.line,
                "image \(entry.filename) is listed twice, also in \(other): take one of them out")
            }
            found.append((path, entry.withoutRegions, image))
          case .none:
            problems.add(
              path, line: entry.line,
              "image \(entry.filename) is nowhere in \(folder.path): put the images into the folder"
            )
          case .several(let places):
            problems.add(
              path, line: entry.line,
              "image \(entry.filename) may be \(places.prefix(3).joined(separator: " or ")): rename them"
            )
          }
        }
      }
    }
    try problems.throwIfAny()
    let key = try attribute(of: attributes, options, names.first.map(folder.full) ?? folder.path)
    var labels: Set<String> = []
    for name in names {
      try VIAFile(path: folder.full(name)).entries { entry throws(DataError) in
        for region in entry.regions where region.omission == nil {
          labels.insert(try region.label(key, folder.full(name)))
        }
      }
    }
    var numbers = ClassNumbers()
    for label in labels.sorted() { numbers.add(label) }
    let classes = numbers
    var dataSet = AnnotatedDataSet(
      classes: classes.classes,
      samples: found.map { path, entry, image in
        AnnotatedSample(
          part: SourceFolder.part(in: SourceFolder.folder(of: image)), image: folder.full(image),
          truth: .drawn(
            Drawing(size: nil, place: AnnotationPlace(file: path, line: entry.line)) {
              canvas throws(LayoutError) in
              let regions = try VIAFile(path: path).regions(of: entry)
              try VIADrawing(file: path, key: key, classes: classes).draw(regions, on: &canvas)
            }))
      })
    dataSet.warnings = omissions.warnings
    return dataSet
  }

  private static func missing(_ folder: SourceFolder) -> DataError {
    DataError(
      DataProblem(
        file: folder.path,
        "holds no JSON file with regions: export the annotations as JSON in VIA, into this folder"))
  }

  /// Names that say the class, where there are several attributes.
  private static let usual = ["label", "class", "name", "category", "type", "object"]

  /// - Returns: `nil` where regions have no attributes, and are of one class.
  private static func attribute(
    of attributes: Set<String>, _ options: LayoutOptions, _ file: String
  ) throws(DataError) -> String? {
    if let chosen = options.attribute {
      guard attributes.contains(chosen) else {
        throw DataError(
          DataProblem(
            file: file,
            "no region has the attribute '\(chosen)': they have "
              + attributes.sorted().joined(separator: ", ")))
      }
      return chosen
    }
    if attributes.count < 2 { return attributes.first }
    let fitting = attributes.filter { usual.contains($0.lowercased()) }
    if fitting.count == 1 { return fitting.first }
    throw DataError(
      DataProblem(
        file: file,
        "regions have the attributes \(attributes.sorted().joined(separator: ", ")): say with "
          + "--attribute which of them is the class"))
  }
}
