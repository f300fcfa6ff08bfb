internal import Datasets
internal import Groundwork

/// Cityscapes: `leftImg8bit/SPLIT/CITY` and `gtFine/SPLIT/CITY` (or `gtCoarse`).
enum CityscapesLayout: DataLayout {
  static let name = "cityscapes"
  static let about = "leftImg8bit and gtFine with labelIds or polygons: Cityscapes"
  static let description = """
    The 19 classes of training. Masks *_labelIds.png or *_labelTrainIds.png are used where they lie; where \
    some are missing all are drawn from *_polygons.json as cityscapesScripts' json2labelImg draws them, and \
    numbers of objects as json2instanceImg does. train, val and test are the parts; test has no truth.
    """

  static func recognize(_ folder: SourceFolder) -> String? {
    let hasImages = folder.files.contains { $0.hasSuffix("_leftImg8bit.png") }
    let truth = folder.files.first { $0.contains("_gtFine_") || $0.contains("_gtCoarse_") }
    return hasImages
      ? truth.map { "there are *_leftImg8bit.png and \(SourceFolder.name(of: $0))" } : nil
  }

  /// An image and what belongs to it.
  private struct Scene {
    let part: Part
    let image: String
    /// As ``key(_:ending:)`` gives it.
    let name: String
    var files: [String: String] = [:]
  }

  private static let kinds = [
    "labelIds.png", "labelTrainIds.png", "instanceIds.png", "polygons.json",
  ]

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    let coding = folder.files.contains { $0.contains("_gtFine_") } ? "gtFine" : "gtCoarse"
    var truths: [String: [String: String]] = [:]
    for file in folder.files {
      for kind in kinds where file.hasSuffix("_\(coding)_\(kind)") {
        truths[key(file, ending: "_\(coding)_\(kind)"), default: [:]][kind] = file
      }
    }
    var scenes: [Scene] = []
    for file in folder.files where file.hasSuffix("_leftImg8bit.png") {
      let name = key(file, ending: "_leftImg8bit.png")
      let folders = file.split(separator: "/").map(String.init)
      let part = folders.dropLast().lazy.compactMap(SourceFolder.part(in:)).first ?? .train
      scenes.append(Scene(part: part, image: file, name: name, files: truths[name] ?? [:]))
    }
    let problems = Problems()
    if scenes.isEmpty {
      problems.add(
        folder.path, "holds no *_leftImg8bit.png: unpack leftImg8bit and gtFine into one folder")
    }
    let labelled = scenes.filter { $0.part != .test }
    let kind = ["labelIds.png", "labelTrainIds.png"].first { kind in
      labelled.allSatisfy { $0.files[kind] != nil }
    }
    for scene in labelled where kind == nil && scene.files["polygons.json"] == nil {
      problems.add(
        folder.full(scene.image),
        "has neither \(coding)/\(scene.name)_\(coding)_labelIds.png nor …_polygons.json: put one there, or take "
          + "the image out")
    }
    let images = Set(scenes.map(\.name))
    for (name, files) in truths.sorted(by: { $0.key < $1.key }) where !images.contains(name) {
      problems.add(
        folder.full(files.values.sorted()[0]),
        "its image \(name)_leftImg8bit.png is nowhere in \(folder.path): put it into leftImg8bit, or take "
          + "the truth out")
    }
    try problems.throwIfAny()
    let names = CityscapesLabels.trained.map(\.name)
    let colors = NamedPalette.cityscapes.colours(of: names)
    var dataSet = AnnotatedDataSet(
      classes: names.map { AnnotatedClass($0, colors[$0]) },
      samples: scenes.map { sample($0, kind, in: folder) })
    if kind == "labelIds.png" { dataSet.masks = .named("cityscapes_label_ids") }
    if kind == "labelTrainIds.png" { dataSet.ignore = [255] }
    return dataSet
  }

  /// `train/aachen/aachen_000000_000019`, which an image has in common with its truth.
  private static func key(_ file: String, ending: String) -> String {
    file.dropLast(ending.count).split(separator: "/").suffix(3).joined(separator: "/")
  }

  private static func sample(
    _ scene: Scene, _ kind: String?, in folder: SourceFolder
  ) -> AnnotatedSample {
    let image = folder.full(scene.image)
    if scene.part == .test { return AnnotatedSample(part: .test, image: image, truth: .none) }
    if let kind, let mask = scene.files[kind] {
      return AnnotatedSample(
        part: scene.part, image: image, truth: .file(folder.full(mask)),
        instances: scene.files["instanceIds.png"].map(folder.full))
    }
    let path = folder.full(scene.files["polygons.json"] ?? "")
    return AnnotatedSample(
      part: scene.part, image: image,
      truth: .drawn(
        Drawing(size: nil, place: AnnotationPlace(file: path)) { canvas throws(LayoutError) in
          try CityscapesPolygons(path: path).draw(on: &canvas)
        }))
  }
}
