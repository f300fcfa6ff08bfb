internal import Datasets
internal import Groundwork

/// ADE20K as the scene parsing challenge has it: `ADEChallengeData2016`.
enum ADE20KLayout: DataLayout {
  static let name = "ade20k"
  static let about = "images/training with annotations/training: ADEChallengeData2016"
  static let description = """
    Masks are used where they lie: 0 never counts, and 1 to 150 are the classes of objectInfo150.txt. \
    training and validation are the parts. The full ADE20K, with masks NAME_seg.png, is not read.
    """

  static func recognize(_ folder: SourceFolder) -> String? {
    guard let root = root(of: folder) else { return nil }
    let place = SourceFolder.joined(root, "annotations/training") ?? ""
    return "there are folders \(place) and images/training"
  }

  private static func root(of folder: SourceFolder) -> String? {
    let images = Set(folder.folders(before: "images/training"))
    return folder.folders(before: "annotations/training").first(where: images.contains)
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    guard let root = root(of: folder) else {
      let isFull = folder.files.contains { $0.hasSuffix("_seg.png") }
      throw DataError(
        DataProblem(
          file: folder.path,
          isFull
            ? "is the full ADE20K, whose masks NAME_seg.png have thousands of classes: unpack "
              + "ADEChallengeData2016.zip instead"
            : "holds no images/training with annotations/training: unpack ADEChallengeData2016.zip into it"
        ))
    }
    let problems = Problems()
    var samples: [AnnotatedSample] = []
    for (name, part) in [("training", Part.train), ("validation", .validation)] {
      let images = SourceFolder.joined(root, "images/\(name)") ?? ""
      let masks = SourceFolder.joined(root, "annotations/\(name)") ?? ""
      var stems: Set<String> = []
      for image in folder.files(under: images, endings: SourceFolder.imageEndings) {
        let stem = SourceFolder.withoutEnding(String(image.dropFirst(images.count + 1)))
        stems.insert(stem)
        guard let mask = folder.file("\(masks)/\(stem).png") else {
          problems.add(
            folder.full(image),
            "has no mask \(folder.full(masks))/\(stem).png: put it there, or take the image out")
          continue
        }
        samples.append(
          AnnotatedSample(part: part, image: folder.full(image), truth: .file(folder.full(mask))))
      }
      for mask in folder.files(under: masks, endings: ["png"]) {
        let stem = SourceFolder.withoutEnding(String(mask.dropFirst(masks.count + 1)))
        if !stems.contains(stem) {
          problems.add(
            folder.full(mask),
            "its image is not in \(folder.full(images)): put it there, or take the mask out")
        }
      }
    }
    for image in folder.files(
      under: SourceFolder.joined(root, "images/testing") ?? "", endings: SourceFolder.imageEndings)
    {
      samples.append(AnnotatedSample(part: .test, image: folder.full(image), truth: .none))
    }
    let classes = problems.collect { () throws(DataError) in try Self.classes(of: folder) }
    try problems.throwIfAny()
    var dataSet = AnnotatedDataSet(classes: classes ?? [], samples: samples)
    dataSet.masks = .named("reduce_zero_label")
    return dataSet
  }

  /// `objectInfo150.txt`: columns Idx, Ratio, Train, Val and Name with tabs; of a name's synonyms the first.
  private static func classes(of folder: SourceFolder) throws(DataError) -> [AnnotatedClass] {
    guard
      let file = folder.files.first(where: {
        ["objectInfo150.txt", "objectInfo150.csv"].contains(SourceFolder.name(of: $0))
      })
    else {
      throw DataError(
        DataProblem(
          file: folder.path,
          "holds no objectInfo150.txt, which names the classes: it comes with the archive"))
    }
    let path = folder.full(file)
    var names: [String] = []
    for (number, text) in try PlainLines.read(path) where number > 1 {
      // Blanks and tabs have become one blank.
      let words = text.split(separator: file.hasSuffix("csv") ? "," : " ").map(String.init)
      guard words.count >= 5, Int(words[0]) == names.count + 1 else {
        throw DataError(
          DataProblem(
            file: path, line: number,
            "'\(text.prefix(60))' is no row of Idx, Ratio, Train, Val and Name"))
      }
      let synonyms = words.dropFirst(file.hasSuffix("csv") ? 5 : 4).joined(separator: " ")
      let name = (synonyms.split { $0 == "," || $0 == ";" }.first.map(String.init) ?? synonyms)
      names.append(names.contains(name) ? "\(name) \(names.count + 1)" : name)
    }
    return names.map { AnnotatedClass($0) }
  }
}
