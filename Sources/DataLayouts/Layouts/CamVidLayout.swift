internal import Datasets
internal import Groundwork

/// CamVid, in the forms that go around: masks of ids (`train`, `trainannot`, of the SegNet tutorial) and of
/// colors (`701_StillsRaw_full`, `LabeledApproved_full`; `train`, `train_labels`, `class_dict.csv`).
enum CamVidLayout: DataLayout {
  static let name = "camvid"
  static let about = "images with masks NAME_L.png, or train with trainannot: CamVid"
  static let description = """
    Masks of colors are read with label_colors.txt or class_dict.csv of the folder, and Void never counts. \
    Masks of trainannot hold the 11 classes of the SegNet tutorial, and 11 never counts. Folders called \
    train, val and test are the parts.
    """

  private static let tutorial = [
    "Sky", "Building", "Pole", "Road", "Pavement", "Tree", "SignSymbol", "Fence", "Car",
    "Pedestrian",
    "Bicyclist",
  ]

  static func recognize(_ folder: SourceFolder) -> String? {
    if let mask = folder.files.first(where: { isAnnotation($0) }) {
      return "\(mask) lies in a folder …annot"
    }
    let table = table(of: folder)
    let mask = folder.files(under: "", endings: ["png"]).first { isColored($0) }
    return table.flatMap { table in mask.map { "there are \(table) and masks as \($0)" } }
  }

  private static func isAnnotation(_ file: String) -> Bool {
    let parts = file.split(separator: "/")
    return parts.count > 1 && parts[parts.count - 2].hasSuffix("annot")
      && SourceFolder.ending(of: file) == "png"
  }

  private static func isColored(_ file: String) -> Bool {
    SourceFolder.withoutEnding(file).hasSuffix("_L")
      || SourceFolder.folder(of: file).hasSuffix("_labels")
  }

  private static func table(of folder: SourceFolder) -> String? {
    folder.files.first {
      ["label_colors.txt", "class_dict.csv"].contains(SourceFolder.name(of: $0))
    }
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    let isTutorial = folder.files.contains(where: isAnnotation)
    let masks = folder.files(under: "", endings: ["png"]).filter(
      isTutorial ? isAnnotation : isColored)
    guard !masks.isEmpty else {
      throw DataError(
        DataProblem(
          file: folder.path,
          "holds neither folders trainannot nor masks NAME_L.png: unpack CamVid into it"))
    }
    let problems = Problems()
    let masksOnly = Set(masks)
    let images = Dictionary(
      folder.files(under: "", endings: SourceFolder.imageEndings).filter { !masksOnly.contains($0) }
        .map { (SourceFolder.withoutEnding($0), $0) }
    ) { first, _ in first }
    let byName = Dictionary(grouping: images.keys.sorted(), by: SourceFolder.name(of:))
    var samples: [AnnotatedSample] = []
    var used: Set<String> = []
    for mask in masks {
      let own = SourceFolder.folder(of: mask)
      let stem = SourceFolder.withoutEnding(SourceFolder.name(of: mask))
      let name = !isTutorial && stem.hasSuffix("_L") ? String(stem.dropLast(2)) : stem
      let base =
        own.hasSuffix("annot")
        ? String(own.dropLast(5))
        : own.hasSuffix("_labels") ? String(own.dropLast(7)) : own
      let candidates = byName[name] ?? []
      guard
        let image = images[base.isEmpty ? name : "\(base)/\(name)"]
          ?? (candidates.count == 1 ? images[candidates[0]] : nil)
      else {
        problems.add(
          folder.full(mask),
          "its image \(name) is nowhere in \(folder.path): put it there, or take the mask out")
        continue
      }
      used.insert(image)
      samples.append(
        AnnotatedSample(
          part: SourceFolder.part(in: SourceFolder.name(of: base)), image: folder.full(image),
          truth: .file(folder.full(mask))))
    }
    for image in images.values.sorted() where !used.contains(image) && isTutorial {
      problems.add(
        folder.full(image), "has no mask in a folder …annot: put it there, or take the image out")
    }
    try problems.throwIfAny()
    guard isTutorial else { return try colored(folder, samples) }
    let colors = NamedPalette.camvid.colours(of: tutorial)
    var dataSet = AnnotatedDataSet(
      classes: tutorial.map { AnnotatedClass($0, colors[$0]) }, samples: samples)
    dataSet.ignore = [tutorial.count]
    return dataSet
  }

  private static func colored(
    _ folder: SourceFolder, _ samples: [AnnotatedSample]
  ) throws(DataError) -> AnnotatedDataSet {
    guard let table = table(of: folder) else {
      throw DataError(
        DataProblem(
          file: folder.path,
          "holds no label_colors.txt or class_dict.csv, which say what the colors mean: put it there"
        ))
    }
    let entries = try colors(of: folder.full(table))
    var dataSet = AnnotatedDataSet(
      classes: entries.filter { $0.name.lowercased() != "void" }, samples: samples)
    dataSet.ignoredColors = entries.filter { $0.name.lowercased() == "void" }
    let masks = samples.compactMap { if case .file(let path) = $0.truth { path } else { nil } }
    dataSet.tellByColor(masks, table: folder.full(table))
    return dataSet
  }

  /// `label_colors.txt` has any number of tabs between a color and its name, which no other table has.
  private static func colors(of table: String) throws(DataError) -> [AnnotatedClass] {
    guard table.hasSuffix(".txt") else {
      return try ClassFile(path: table).colours().map { name, color in AnnotatedClass(name, color) }
    }
    return try PlainLines.read(table).map { number, text throws(DataError) in
      let words = text.split(separator: " ", maxSplits: 3)
      let parts = words.prefix(3).compactMap { UInt8($0) }
      guard words.count == 4, parts.count == 3 else {
        throw DataError(
          DataProblem(
            file: table, line: number, "'\(text.prefix(60))' is no line of red green blue name"))
      }
      return AnnotatedClass(String(words[3]), RGB(parts[0], parts[1], parts[2]))
    }
  }
}
