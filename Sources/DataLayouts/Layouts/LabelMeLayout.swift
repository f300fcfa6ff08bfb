internal import Datasets
internal import Groundwork

/// LabelMe: a JSON file for each image, beside it or in a folder of its own.
enum LabelMeLayout: DataLayout {
  static let name = "labelme"
  static let about = "a JSON file with shapes for each image: LabelMe, AnyLabeling, X-AnyLabeling"
  static let description = """
    Shapes cover the pixels that labelme's shape_to_mask gives them, and later ones lie on top. Classes are \
    background and the labels in alphabetical order, or those of labels.txt where the folder has one; \
    __ignore__ never counts. Shapes of one label and group_id are one object. Points and lines cover no \
    area and are left out.
    """

  static let options: Set<LayoutOption> = [.instances]

  static func recognize(_ folder: SourceFolder) -> String? {
    for file in folder.files(under: "", endings: ["json"]).prefix(20) {
      let text = FileEnds.text(folder.full(file))
      if text.contains("\"shapes\""),
        text.contains("\"imagePath\"") || text.contains("\"shape_type\"")
      {
        return "\(file) holds shapes and an imagePath"
      }
    }
    return nil
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    let problems = Problems()
    let omissions = Omissions()
    var labels: Set<String> = []
    var found: [(path: String, size: Size?, image: String)] = []
    var owners: [String: String] = [:]
    for name in folder.files(under: "", endings: ["json"]) {
      guard
        let file = problems.collect({ () throws(DataError) in
          try LabelMeFile(path: folder.full(name))
        }), let file
      else { continue }
      for shape in file.shapes {
        if let reason = shape.omission {
          omissions.add(reason, at: "\(file.path):\(shape.line)")
        } else {
          labels.insert(shape.label)
        }
      }
      guard let image = image(of: file, name, in: folder, problems) else { continue }
      if let other = owners.updateValue(name, forKey: image) {
        problems.add(
          file.path, "is of \(folder.full(image)), as \(other) is: take one of them out")
        continue
      }
      found.append((file.path, file.size, image))
    }
    if found.isEmpty, problems.all.isEmpty {
      problems.add(folder.path, "holds no JSON file with shapes: name a folder of LabelMe's files")
    }
    let classes = problems.collect { () throws(DataError) in
      try LabelMeClasses(folder, labels)
    }
    try problems.throwIfAny()
    guard let classes else { throw DataError([]) }
    var dataSet = AnnotatedDataSet(
      classes: classes.numbers.classes,
      samples: found.map { path, size, image in
        AnnotatedSample(
          part: SourceFolder.part(in: SourceFolder.folder(of: image)), image: folder.full(image),
          truth: .drawn(
            Drawing(size: size, place: AnnotationPlace(file: path)) {
              canvas throws(LayoutError) in
              guard let file = try LabelMeFile(path: path) else { return }
              try file.draw(on: &canvas, classes)
            }))
      })
    dataSet.warnings = omissions.warnings
    return dataSet
  }

  private static func image(
    of file: LabelMeFile, _ name: String, in folder: SourceFolder, _ problems: Problems
  ) -> String? {
    let own = SourceFolder.folder(of: name)
    let written = SourceFolder.withSlashes(file.imagePath)
    let near = [
      own, own.isEmpty ? "images" : "\(SourceFolder.folder(of: own))/images", "images", "",
    ]
    switch folder.find(written, near: near) {
    case .one(let image): return image
    case .several(let places):
      problems.add(
        file.path,
        "imagePath '\(file.imagePath)' may be \(places.prefix(3).joined(separator: " or ")): write its "
          + "folder into imagePath")
    case .none:
      // Renamed pairs keep their common name.
      let stem = SourceFolder.withoutEnding(name)
      let beside = SourceFolder.imageEndings.sorted().compactMap { folder.file("\(stem).\($0)") }
      if beside.count == 1 { return beside[0] }
      problems.add(
        file.path,
        "its image '\(file.imagePath)' is nowhere in \(folder.path): put it beside the JSON file")
    }
    return nil
  }
}

/// The ids of LabelMe's labels.
struct LabelMeClasses: Sendable {
  private(set) var numbers: ClassNumbers
  static let ignored = "__ignore__"

  /// - Throws: ``DataError`` for labels that `labels.txt` does not list.
  init(_ folder: SourceFolder, _ labels: Set<String>) throws(DataError) {
    numbers = ClassNumbers()
    guard
      let list = ["labels.txt", "class_names.txt", "classes.txt"].lazy.compactMap(folder.file).first
    else {
      for label in labels.sorted() where label != Self.ignored { numbers.add(label) }
      return
    }
    for name in try ClassFile(path: folder.full(list)).classes.map(\.name)
    where name != Self.ignored {
      numbers.add(name)
    }
    let missing = labels.filter {
      numbers[$0] == nil && $0 != Self.ignored && !ClassNumbers.isBackground($0)
    }
    guard missing.isEmpty else {
      throw DataError(
        missing.sorted().map { label in
          DataProblem(
            file: folder.full(list),
            "does not list the label '\(label)', which annotations have: add it, or take the file out"
          )
        })
    }
  }

  func value(of label: String) -> UInt16 {
    label == Self.ignored
      ? (numbers.classes.count <= 255 ? 255 : 65_535) : UInt16(numbers[label] ?? 0)
  }
}
