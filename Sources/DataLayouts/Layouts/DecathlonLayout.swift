internal import Datasets

/// A task of the Medical Segmentation Decathlon: `imagesTr`, `labelsTr` and `dataset.json`.
enum DecathlonLayout: DataLayout {
  static let name = "medical-decathlon"
  static let about =
    "dataset.json that lists training pairs of volumes: Medical Segmentation Decathlon"
  static let description = """
    The pairs of dataset.json are listed as they are, volumes and all; its labels are the classes, and its \
    modalities the channels. Files that a Mac adds (._NAME) are left aside.
    """

  static func file(of folder: SourceFolder) -> String? {
    folder.files(under: "", endings: ["json"]).first { file in
      let text = FileEnds.text(folder.full(file))
      return SourceFolder.name(of: file) == "dataset.json" && text.contains("\"labels\"")
        && (text.contains("\"modality\"") || text.contains("\"training\""))
        && !text.contains("\"file_ending\"")
    }
  }

  static func recognize(_ folder: SourceFolder) -> String? {
    file(of: folder).map { "\($0) lists labels and training pairs" }
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    guard let name = file(of: folder) else {
      throw DataError(
        DataProblem(
          file: folder.path,
          "holds no dataset.json with labels and training: name the folder of a task, as Task09_Spleen"
        ))
    }
    let path = folder.full(name)
    let root = SourceFolder.folder(of: name)
    let value = try JSONReader(path: path).value()
    let problems = Problems()
    var samples: [AnnotatedSample] = []
    func find(_ text: String?) -> String? {
      text.flatMap { SourceFolder.joined(root, SourceFolder.withSlashes($0)) }.flatMap(folder.file)
    }
    for (index, pair) in (value["training"]?.list ?? []).enumerated() {
      let place = "pair \(index + 1) of training"
      guard let image = find(pair["image"]?.text), let label = find(pair["label"]?.text) else {
        let missing = find(pair["image"]?.text) == nil ? pair["image"]?.text : pair["label"]?.text
        problems.add(
          path,
          "\(place): \(missing ?? "image or label") is not in \(folder.path): put it there, or take the "
            + "pair out")
        continue
      }
      samples.append(
        AnnotatedSample(part: .train, image: folder.full(image), truth: .file(folder.full(label))))
    }
    for entry in value["test"]?.list ?? [] {
      guard let image = find(entry.text ?? entry["image"]?.text) else { continue }
      samples.append(AnnotatedSample(part: .test, image: folder.full(image), truth: .none))
    }
    if samples.isEmpty, problems.all.isEmpty { problems.add(path, "lists no pairs in training") }
    let classes = problems.collect { () throws(DataError) in
      try LabelTable.classes(value["labels"], path)
    }
    try problems.throwIfAny()
    var dataSet = AnnotatedDataSet(classes: classes?.classes ?? [], samples: samples)
    if let values = classes?.values { dataSet.masks = .values(values) }
    dataSet.channels = [max(1, value["modality"]?.object?.count ?? 1)]
    return dataSet
  }
}

/// What the numbers in volumes of labels mean, as `dataset.json` says it: `{"0": "background"}` in the
/// Decathlon, `{"background": 0}` in nnU-Net.
enum LabelTable {
  /// - Returns: the classes in the order of their numbers, and the class of each number where these have
  ///   gaps.
  static func classes(
    _ value: JSONValue?, _ path: String
  ) throws(DataError) -> (classes: [AnnotatedClass], values: [Int: Int]?) {
    var names: [Int: String] = [:]
    for (key, value) in value?.object ?? [:] {
      let (number, name) =
        Int(key).flatMap { id in value.text.map { (id, $0) } }
        ?? (value.integer ?? -1, key)
      guard (0...65_535).contains(number) else {
        throw DataError(
          DataProblem(file: path, "label '\(key)' has no number from 0 to 65535: correct labels"))
      }
      if let other = names.updateValue(name, forKey: number) {
        throw DataError(
          DataProblem(
            file: path, "label \(number) is both '\(other)' and '\(name)': correct labels"))
      }
    }
    guard names.count > 1 else {
      throw DataError(DataProblem(file: path, "names fewer than two labels: correct labels"))
    }
    let numbers = names.keys.sorted()
    let isDense = numbers == Array(numbers.indices)
    let values = Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($1, $0) })
    var taken: Set<String> = []
    let classes = numbers.map { number in
      let name = names[number] ?? ""
      // `cancer` for two numbers is two classes.
      return AnnotatedClass(taken.insert(name).inserted ? name : "\(name) \(number)")
    }
    return (classes, isDense ? nil : values)
  }
}
