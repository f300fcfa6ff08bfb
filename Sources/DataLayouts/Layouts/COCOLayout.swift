internal import Datasets
internal import Foundation
internal import Groundwork

/// COCO's instances: JSON files with `images`, `annotations` and `categories` (cocodataset.org, "Data
/// format"), as CVAT, Label Studio, Roboflow and others export them too.
enum COCOLayout: DataLayout {
  static let name = "coco"
  static let about =
    "JSON with images, annotations and categories: COCO, Roboflow, Label Studio, CVAT"
  static let description = """
    Every JSON file with images, annotations and categories is read; a part is train, validation or test \
    where its file or folder is called so. Polygons cover the pixels that pycocotools gives them, RLE is \
    read in both forms, later annotations lie on top, and crowds are ignored. Ids of categories may have \
    gaps: the classes are background and the categories in the order of their ids. With --boxes the boxes of \
    annotations are read in place of their pixels: masks are drawn of them, the smaller in front, and lists name \
    files of boxes too, for training.relabel and weak-labels.
    """

  static let options: Set<LayoutOption> = [.instances, .boxes]

  static func recognize(_ folder: SourceFolder) -> String? {
    files(of: folder).first.map { "\($0) holds images, annotations and categories" }
  }

  /// The files of instances; those of key points and captions are left aside.
  private static func files(of folder: SourceFolder) -> [String] {
    let candidates = folder.files(under: "", endings: ["json"]).filter { file in
      let name = SourceFolder.name(of: file)
      guard !name.hasPrefix("person_keypoints"), !name.hasPrefix("captions"),
        !name.hasPrefix("image_info")
      else { return false }
      return holdsInstances(folder.full(file))
    }
    let instances = candidates.filter { SourceFolder.name(of: $0).hasPrefix("instances_") }
    return instances.isEmpty ? candidates : instances
  }

  /// Whether a JSON file has two of COCO's keys. Its beginning and its end tell of most files; where they show
  /// one key, the others may lie between, and the whole file is looked through.
  private static func holdsInstances(_ path: String) -> Bool {
    let keys = ["images", "annotations", "categories"]
    let text = FileEnds.text(path)
    let shown = keys.count { text.contains("\"\($0)\"") }
    guard shown == 1 else { return shown > 1 }
    var found = 0
    do throws(DataError) {
      let reader = try JSONReader(path: path)
      try reader.members { key throws(DataError) in
        if keys.contains(key) { found += 1 }
        try reader.skip()
      }
    } catch {
      // What is wrong with it is said where it is read.
      return true
    }
    return found > 1
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    let names = files(of: folder)
    guard !names.isEmpty else {
      throw DataError(
        DataProblem(
          file: folder.path,
          "holds no JSON file with images, annotations and categories: name the folder of a COCO export"
        ))
    }
    let problems = Problems()
    let files = names.compactMap { name in
      problems.collect { () throws(DataError) in
        try COCOFile(path: folder.full(name), takesBoxes: options.takesBoxes)
      }
    }
    try problems.throwIfAny()
    if let first = files.first, !files.contains(where: \.hasSegmentations) {
      throw DataError(
        DataProblem(
          file: first.path,
          "its annotations are boxes alone, which say nothing of pixels: export polygons or masks, or add --boxes to "
            + "train from boxes"))
    }
    let classes = COCOClasses(files)
    if classes.numbers.classes.count < 2 {
      throw DataError(DataProblem(file: files[0].path, "names no category: add them to categories"))
    }
    var samples: [AnnotatedSample] = []
    var taken: [String: String] = [:]
    for (name, file) in zip(names, files) {
      let part = SourceFolder.part(in: name)
      let folders = Self.folders(for: name, part, in: folder)
      for (number, image) in file.images.enumerated() {
        switch folder.find(image.name, near: folders) {
        case .one(let found):
          if let other = taken.updateValue(name, forKey: found) {
            problems.add(
              file.path, line: image.line,
              "image \(image.name) is \(folder.full(found)), which \(other) lists too: list it once"
            )
            continue
          }
          let drawing = COCODrawing(file: file, image: number, classes: classes.ids)
          samples.append(
            AnnotatedSample(
              part: part, image: folder.full(found),
              truth: .drawn(
                Drawing(
                  size: image.size, place: AnnotationPlace(file: file.path, line: image.line)
                ) { canvas throws(LayoutError) in
                  if options.takesBoxes {
                    try drawing.drawBoxes(on: &canvas)
                  } else {
                    try drawing.draw(on: &canvas)
                  }
                })))
        case .none:
          problems.add(
            file.path, line: image.line,
            "image \(image.name) is nowhere in \(folder.path): put the images into the folder")
        case .several(let places):
          problems.add(
            file.path, line: image.line,
            "image \(image.name) may be \(places.prefix(3).joined(separator: " or ")): write its folder "
              + "into file_name")
        }
      }
    }
    try problems.throwIfAny()
    var dataSet = AnnotatedDataSet(classes: classes.numbers.classes, samples: samples)
    dataSet.warnings = classes.warnings + files.flatMap(\.warnings)
    return dataSet
  }

  /// Where the images of a file are looked for first.
  private static func folders(
    for file: String, _ part: Part?, in folder: SourceFolder
  ) -> [String] {
    let own = SourceFolder.folder(of: file)
    let stem = SourceFolder.withoutEnding(SourceFolder.name(of: file))
    let subset = stem.hasPrefix("instances_") ? String(stem.dropFirst(10)) : stem
    let above = SourceFolder.folder(of: own)
    return [
      own, "\(own)/images", "\(above)/images/\(subset)", "\(above)/\(subset)", "\(above)/images",
      "images/\(subset)", subset, "images", above,
    ].map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
  }
}

/// The classes of several files: background, and the categories in the order of their ids.
private struct COCOClasses {
  private(set) var numbers = ClassNumbers()
  private(set) var warnings: [String] = []
  /// For each file by its path, the id of a class for the id of a category.
  private(set) var ids: [String: [Int: Int]] = [:]

  init(_ files: [COCOFile]) {
    let all = Set(files.flatMap(\.categories)).sorted { ($0.id, $0.name) < ($1.id, $1.name) }
    let supercategories = Set(all.compactMap(\.supercategory))
    var seen: [String: Int] = [:]
    for category in all {
      let isUsed = files.contains { file in
        file.usedCategories.contains(category.id)
          && file.categories.contains { $0.id == category.id && $0.name == category.name }
      }
      // Roboflow puts a category before the others that stands for all of them.
      if !isUsed, category.id == 0, supercategories.contains(category.name), all.count > 1 {
        warnings.append(
          "category 0, '\(category.name)', stands for all others and has no annotation: it is no class"
        )
        continue
      }
      if let first = seen[category.name], first != category.id {
        warnings.append(
          "categories \(first) and \(category.id) are both '\(category.name)': they are one class")
      }
      seen[category.name] = category.id
      numbers.add(category.name)
    }
    for file in files {
      ids[file.path] = Dictionary(
        file.categories.compactMap { category in
          numbers[category.name].map { (category.id, $0) }
        }
      ) { first, _ in first }
    }
  }
}
