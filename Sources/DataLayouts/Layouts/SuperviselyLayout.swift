internal import Datasets
internal import Groundwork

/// A project of Supervisely: `meta.json`, and in each dataset `img` and `ann`.
enum SuperviselyLayout: DataLayout {
  static let name = "supervisely"
  static let about = "meta.json, and DATASET/img with DATASET/ann: Supervisely"
  static let description = """
    Polygons with holes, boxes and bitmaps cover the pixels that Supervisely's SDK gives them (OpenCV's \
    fillPoly), and later objects lie on top. Classes are background and those of meta.json in their order, \
    with their colors. A dataset or an image tag called train, val or test says the part. Lines and points \
    cover no area and are left out.
    """

  private static func roots(of folder: SourceFolder) -> [String] {
    folder.files(under: "", endings: ["json"]).filter {
      SourceFolder.name(of: $0) == "meta.json"
        && FileEnds.text(folder.full($0)).contains("\"classes\"")
    }.map(SourceFolder.folder(of:))
  }

  static func recognize(_ folder: SourceFolder) -> String? {
    guard let root = roots(of: folder).first, annotations(of: folder, root).first != nil else {
      return nil
    }
    return
      "\(SourceFolder.joined(root, "meta.json") ?? "meta.json") names classes, and there are folders ann"
  }

  private static func annotations(of folder: SourceFolder, _ root: String) -> [String] {
    folder.files(under: root, endings: ["json"]).filter { file in
      SourceFolder.name(of: SourceFolder.folder(of: file)) == "ann"
    }
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    let roots = roots(of: folder)
    guard let root = roots.first else {
      throw DataError(
        DataProblem(
          file: folder.path,
          "holds no meta.json that names classes: name the folder of a project as Supervisely exports it"
        ))
    }
    let problems = Problems()
    let omissions = Omissions()
    for other in roots.dropFirst() {
      problems.add(
        folder.full(other), "is a project too: import one of them at a time, by its own folder")
    }
    let numbers = try classes(folder.full(SourceFolder.joined(root, "meta.json") ?? "meta.json"))
    var samples: [AnnotatedSample] = []
    for name in annotations(of: folder, root) {
      let path = folder.full(name)
      guard
        let annotation = problems.collect({ () throws(DataError) in
          try SuperviselyAnnotation(path: path)
        })
      else { continue }
      for object in annotation.objects {
        if let reason = object.omission {
          omissions.add(reason, at: "\(path):\(object.line)")
        } else if numbers[object.title] == nil {
          problems.add(
            path, line: object.line,
            "an object is of the class '\(object.title)', which meta.json does not name: add it there"
          )
        }
      }
      guard let image = image(name, in: folder) else {
        problems.add(
          path,
          "its image is not in \(SourceFolder.folder(of: SourceFolder.folder(of: path)))/img: "
            + "export the project with its images")
        continue
      }
      let dataset = SourceFolder.folder(of: SourceFolder.folder(of: name))
      let (size, tags) = (annotation.size, annotation.tags)
      samples.append(
        AnnotatedSample(
          part: tags.lazy.compactMap(SourceFolder.part(in:)).first
            ?? SourceFolder.part(in: SourceFolder.name(of: dataset)),
          image: folder.full(image),
          truth: .drawn(
            Drawing(size: size, place: AnnotationPlace(file: path)) { canvas throws(LayoutError) in
              try SuperviselyAnnotation(path: path).draw(on: &canvas, numbers)
            })))
    }
    try problems.throwIfAny()
    var dataSet = AnnotatedDataSet(classes: numbers.classes, samples: samples)
    dataSet.warnings = omissions.warnings
    return dataSet
  }

  private static func classes(_ path: String) throws(DataError) -> ClassNumbers {
    let meta = try JSONReader(path: path).value()
    var numbers = ClassNumbers()
    for entry in meta["classes"]?.list ?? [] {
      guard let title = entry["title"]?.text, !title.isEmpty else {
        throw DataError(DataProblem(file: path, "a class has no title: export the project again"))
      }
      numbers.add(title, entry["color"]?.text.flatMap { RGB(hexadecimal: $0) })
    }
    guard numbers.classes.count > 1 else {
      throw DataError(DataProblem(file: path, "names no class: name them in Supervisely"))
    }
    return numbers
  }

  /// `ann/a.jpg.json` is of `img/a.jpg`; older projects have `ann/a.json`.
  private static func image(_ annotation: String, in folder: SourceFolder) -> String? {
    let dataset = SourceFolder.folder(of: SourceFolder.folder(of: annotation))
    let stem = SourceFolder.withoutEnding(SourceFolder.name(of: annotation))
    let place = dataset.isEmpty ? "img/\(stem)" : "\(dataset)/img/\(stem)"
    return folder.file(place)
      ?? SourceFolder.imageEndings.sorted().lazy.compactMap { folder.file("\(place).\($0)") }.first
  }
}
