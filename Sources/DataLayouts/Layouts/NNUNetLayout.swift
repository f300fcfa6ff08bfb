internal import Datasets
internal import Foundation

/// A raw data set of nnU-Net, version 2 and 1: `imagesTr/CASE_0000.nii.gz`, `labelsTr/CASE.nii.gz` and
/// `dataset.json`.
enum NNUNetLayout: DataLayout {
  static let name = "nnunet"
  static let about = "imagesTr/CASE_0000 with labelsTr/CASE and dataset.json: nnU-Net 2 and 1"
  static let description = """
    The files of a case are one sample, a channel each, joined by ';' in the list. labels are the classes; \
    the label ignore never counts. Where labels are regions ([1, 2, 3]), the class of a number is that of \
    regions_class_order. labelsTs are truth for testing.
    """

  private static func file(of folder: SourceFolder) -> String? {
    folder.files(under: "", endings: ["json"]).first { file in
      let root = SourceFolder.folder(of: file)
      return SourceFolder.name(of: file) == "dataset.json"
        && folder.files(under: SourceFolder.joined(root, "imagesTr") ?? "", endings: endings)
          .contains { channel(of: SourceFolder.name(of: $0)) != nil }
    }
  }

  private static let endings: Set<String> = [
    "gz", "nii", "png", "tif", "tiff", "nrrd", "mha", "bmp",
  ]

  static func recognize(_ folder: SourceFolder) -> String? {
    file(of: folder).map { "\($0) and imagesTr with a file for each channel (_0000)" }
  }

  /// `CASE_0001.nii.gz` is channel 1 of `CASE`.
  private static func channel(of name: String) -> (name: String, channel: Int, ending: String)? {
    guard let point = name.range(of: #"_\d{4}\."#, options: .regularExpression) else { return nil }
    let digits = name[name.index(after: point.lowerBound)..<name.index(before: point.upperBound)]
    let ending = String(name[name.index(before: point.upperBound)...])
    return Int(digits).map { (String(name[..<point.lowerBound]), $0, ending) }
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    guard let name = file(of: folder) else {
      throw DataError(
        DataProblem(
          file: folder.path,
          "holds no dataset.json with imagesTr/CASE_0000: name the folder of a data set, as "
            + "nnUNet_raw/Dataset001_Name"))
    }
    let path = folder.full(name)
    let root = SourceFolder.folder(of: name)
    let value = try JSONReader(path: path).value()
    let count = max(1, (value["channel_names"] ?? value["modality"])?.object?.count ?? 1)
    let problems = Problems()
    var samples: [AnnotatedSample] = []
    for (images, labels, part) in [
      ("imagesTr", "labelsTr", nil), ("imagesTs", "labelsTs", Part.test),
    ] {
      samples += cases(in: folder, root, images, labels, part, channels: count, problems)
    }
    let labels = problems.collect { () throws(DataError) in try NNUNetLabels(value, path) }
    try problems.throwIfAny()
    var dataSet = AnnotatedDataSet(classes: labels?.classes ?? [], samples: samples)
    if let values = labels?.values { dataSet.masks = .values(values) }
    dataSet.ignore = labels?.ignored ?? []
    let isOfImageFiles =
      samples.first.map {
        ["png", "bmp", "tif", "tiff"].contains(SourceFolder.ending(of: $0.images[0]))
      } ?? false
    // An image of colors is one file of three channels.
    dataSet.channels =
      isOfImageFiles && count == 3 && samples.allSatisfy { $0.images.count == 1 }
      ? [3] : Array(repeating: 1, count: count)
    dataSet.warnings = labels?.warnings ?? []
    return dataSet
  }

  private static func cases(
    in folder: SourceFolder, _ root: String, _ images: String, _ labels: String, _ part: Part?,
    channels count: Int, _ problems: Problems
  ) -> [AnnotatedSample] {
    let place = SourceFolder.joined(root, images) ?? images
    var cases: [String: [Int: String]] = [:]
    var ending = ""
    for file in folder.files(under: place, endings: endings) {
      guard let found = channel(of: SourceFolder.name(of: file)) else { continue }
      cases[found.name, default: [:]][found.channel] = file
      ending = found.ending
    }
    return cases.sorted { $0.key < $1.key }.compactMap { name, files in
      let isWhole = files.keys.sorted() == Array(0..<count)
      guard isWhole || files.keys.sorted() == [0] && count == 3 && ending == ".png" else {
        let missing = (0..<count).filter { files[$0] == nil }.map {
          "\(name)_\("000\($0)".suffix(4))\(ending)"
        }
        problems.add(
          folder.full(place),
          missing.isEmpty
            ? "\(name) has \(files.count) channels, and dataset.json names \(count): correct channel_names"
            : "\(missing.joined(separator: ", ")) is missing: put it there, or take the case out")
        return nil
      }
      let label = SourceFolder.joined(root, "\(labels)/\(name)\(ending)").flatMap(folder.file)
      guard label != nil || part == .test else {
        problems.add(
          folder.full(place),
          "\(name) has no \(labels)/\(name)\(ending): put it there, or take the case out")
        return nil
      }
      return AnnotatedSample(
        part: label == nil ? .test : part,
        images: files.sorted { $0.key < $1.key }.map { folder.full($0.value) },
        truth: label.map { .file(folder.full($0)) } ?? .none)
    }
  }
}

/// The labels of `dataset.json`.
struct NNUNetLabels {
  private(set) var classes: [AnnotatedClass] = []
  /// The class of each number, where these have gaps.
  private(set) var values: [Int: Int]?
  private(set) var ignored: [Int] = []
  private(set) var warnings: [String] = []

  init(_ value: JSONValue, _ path: String) throws(DataError) {
    var labels = value["labels"]?.object ?? [:]
    if let ignore = labels.removeValue(forKey: "ignore")?.integer { ignored = [ignore] }
    let regions = labels.filter { $0.value.numbers?.count ?? 0 > 1 }
    if !regions.isEmpty {
      guard let order = value["regions_class_order"]?.numbers?.compactMap({ Int(exactly: $0) }),
        order.count == labels.filter({ $0.value.integer != 0 }).count
      else {
        throw DataError(
          DataProblem(
            file: path,
            "has labels that are regions, and no regions_class_order with a number for each: add it"
          ))
      }
      let names = try Self.order(path).filter { labels[$0].map { $0.integer != 0 } ?? false }
      labels = labels.filter { $0.value.integer == 0 }
      for (name, number) in zip(names, order) { labels[name] = .number(Double(number)) }
      warnings.append(
        "labels are regions that hold each other: the class of a number is the region that "
          + "regions_class_order gives it to")
    }
    let table = try LabelTable.classes(.object(labels), path)
    (classes, values) = (table.classes, table.values)
  }

  /// The keys of `labels`, in the order of the file, which is that of `regions_class_order`.
  private static func order(_ path: String) throws(DataError) -> [String] {
    let reader = try JSONReader(path: path)
    var keys: [String] = []
    try reader.members { key throws(DataError) in
      guard key == "labels" else { return try reader.skip() }
      try reader.members { label throws(DataError) in
        keys.append(label)
        try reader.skip()
      }
    }
    return keys
  }
}
