internal import Datasets
internal import Groundwork

/// PASCAL VOC: `JPEGImages`, `SegmentationClass` and `ImageSets/Segmentation`; and what CVAT ("Segmentation
/// mask 1.1") and labelme2voc write in its manner.
enum VOCLayout: DataLayout {
  static let name = "voc"
  static let about =
    "JPEGImages and SegmentationClass: PASCAL VOC, CVAT's Segmentation mask 1.1, labelme2voc"
  static let description = """
    Masks are used where they lie; those of labelmap.txt are told by color, others by the numbers of their \
    palette, and 255, the line around objects, never counts. train.txt, val.txt and test.txt in \
    ImageSets/Segmentation say the parts. SegmentationObject holds the numbers of objects. The classes are \
    those of labelmap.txt or class_names.txt, or else the 21 of PASCAL VOC.
    """
  private static let maskFolders = [
    "SegmentationClass", "SegmentationClassPNG", "SegmentationClassRaw",
  ]

  static func recognize(_ folder: SourceFolder) -> String? {
    for masks in maskFolders {
      if let root = folder.folders(before: masks).first {
        return "there is a folder \(SourceFolder.joined(root, masks) ?? masks)"
      }
    }
    return nil
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    guard let masks = maskFolders.first(where: { !folder.folders(before: $0).isEmpty }) else {
      throw DataError(
        DataProblem(
          file: folder.path,
          "holds no folder SegmentationClass: name the folder that VOC's archive was unpacked to"))
    }
    let problems = Problems()
    var samples: [AnnotatedSample] = []
    var dataSet: AnnotatedDataSet?
    for root in folder.folders(before: masks) {
      let place = VOCFolder(folder: folder, root: root, masks: masks)
      let found = place.samples(problems)
      guard
        let described = problems.collect({ () throws(DataError) in
          try place.described(found)
        })
      else { continue }
      if let dataSet, dataSet.classes != described.classes {
        problems.add(
          folder.full(root),
          "has other classes than \(folder.full(folder.folders(before: masks)[0])): "
            + "import them one by one")
      }
      dataSet = dataSet ?? described
      samples += found
    }
    try problems.throwIfAny()
    guard var dataSet else { throw DataError([]) }
    dataSet.samples = samples
    return dataSet
  }
}

/// One folder with images and masks in the manner of VOC.
private struct VOCFolder {
  let folder: SourceFolder
  let root: String
  let masks: String

  private func path(_ name: String) -> String { SourceFolder.joined(root, name) ?? name }

  func samples(_ problems: Problems) -> [AnnotatedSample] {
    var parts: [(part: Part?, name: String, list: String, line: Int)] = []
    for (list, part) in [
      ("train", Part.train), ("val", .validation), ("test", .test), ("trainval", .train),
      ("default", nil),
    ] {
      guard let file = folder.file(path("ImageSets/Segmentation/\(list).txt")) else { continue }
      // It lists again what train.txt and val.txt list.
      if list == "trainval", !parts.isEmpty { continue }
      guard
        let lines = problems.collect({ () throws(DataError) in
          try PlainLines.read(folder.full(file))
        })
      else { continue }
      for (number, text) in lines {
        // Lists of a class have a number behind the name.
        let name = image(text) == nil ? String(text.split(separator: " ")[0]) : text
        parts.append((part, name, file, number))
      }
    }
    if parts.isEmpty {
      for mask in folder.files(under: path(masks), endings: ["png"]) {
        let name = SourceFolder.withoutEnding(String(mask.dropFirst(path(masks).count + 1)))
        parts.append((nil, name, mask, 0))
      }
    }
    return parts.compactMap { (part, name, list, line) -> AnnotatedSample? in
      let place = folder.full(list)
      let line = line > 0 ? line : nil
      guard let image = image(name) else {
        problems.add(
          place, line: line,
          "image \(name) is not in \(folder.full(path("JPEGImages"))): put it there, or take it out of the list"
        )
        return nil
      }
      guard let mask = folder.file(path("\(masks)/\(name).png")) else {
        if part == .test {
          return AnnotatedSample(part: part, image: folder.full(image), truth: .none)
        }
        problems.add(
          place, line: line,
          "image \(name) has no mask in \(folder.full(path(masks))): put it there, or take it out of the list"
        )
        return nil
      }
      return AnnotatedSample(
        part: part, image: folder.full(image), truth: .file(folder.full(mask)),
        instances: folder.file(path("SegmentationObject/\(name).png")).map(folder.full))
    }
  }

  private func image(_ name: String) -> String? {
    for images in ["JPEGImages", "images", ""] {
      for ending in ["jpg", "png", "jpeg", "JPG", "PNG", "tif", "bmp"] {
        let stem = images.isEmpty ? name : "\(images)/\(name)"
        if let file = folder.file(path("\(stem).\(ending)")) { return file }
      }
    }
    return nil
  }

  /// The classes, and what the masks hold.
  func described(_ samples: [AnnotatedSample]) throws(DataError) -> AnnotatedDataSet {
    let files = samples.compactMap { if case .file(let path) = $0.truth { path } else { nil } }
    if let table = folder.file(path("labelmap.txt")) {
      let classes = try ClassFile(path: folder.full(table)).colours().map { name, color in
        AnnotatedClass(name, color)
      }
      var dataSet = AnnotatedDataSet(classes: classes, samples: [])
      dataSet.tellByColor(files, table: folder.full(table))
      return dataSet
    }
    let isOfIDs = files.first.flatMap { try? ImageFile.readHeader($0).holdsIDs } ?? true
    var dataSet: AnnotatedDataSet
    if let names = folder.file(path("class_names.txt")) {
      let listed = try ClassFile(path: folder.full(names)).classes.map(\.name)
      let kept = listed.filter { $0 != LabelMeClasses.ignored }
      dataSet = AnnotatedDataSet(
        classes: kept.enumerated().map { AnnotatedClass($1, .pascal($0)) }, samples: [])
    } else {
      dataSet = AnnotatedDataSet(
        classes: PascalClasses.names.enumerated().map { AnnotatedClass($1, .pascal($0)) },
        samples: [])
    }
    dataSet.masks = isOfIDs ? .ids : .palette("pascal")
    dataSet.ignore = isOfIDs ? [255] : []
    return dataSet
  }
}
