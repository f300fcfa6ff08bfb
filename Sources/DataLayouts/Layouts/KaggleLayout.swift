internal import Datasets
internal import Groundwork

/// Run lengths in a CSV file, as Kaggle's competitions have them: Airbus ships, Severstal steel, the Data
/// Science Bowl of 2018, Carvana, TGS salt, HuBMAP.
enum KaggleLayout: DataLayout {
  static let name = "kaggle-rle"
  static let about = "a CSV file of images and run lengths, as Kaggle's competitions have them"
  static let description = """
    Run lengths are pairs of a pixel's number, from 1, and how many follow, numbered column by column from \
    the top left; --order rows says that they go row by row. A row is an object, and later ones lie on top. \
    The class is a column of its own (ClassId), stands behind the image's name (a.jpg_3), or there is one. \
    Rows without run lengths are images with nothing on them; images that the table does not list are \
    written into unlabelled.txt.
    """
  static let options: Set<LayoutOption> = [.order, .instances]

  private static func file(of folder: SourceFolder) -> (file: String?, all: [String]) {
    let tables = folder.files(under: "", endings: ["csv"]).filter { file in
      let name = SourceFolder.name(of: file).lowercased()
      guard !name.contains("submission"), SourceFolder.part(in: name) != .test else { return false }
      let first = FileEnds.text(folder.full(file)).prefix { !$0.isNewline }
      return KaggleFile.isTitle(first.hasPrefix("\u{FEFF}") ? first.dropFirst() : first)
    }
    if tables.count < 2 { return (tables.first, tables) }
    let training = tables.filter { SourceFolder.part(in: SourceFolder.name(of: $0)) == .train }
    return (training.count == 1 ? training[0] : nil, tables)
  }

  static func recognize(_ folder: SourceFolder) -> String? {
    file(of: folder).all.first.map { "\($0) has columns of images and run lengths" }
  }

  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet {
    let (name, all) = file(of: folder)
    guard let name else {
      throw DataError(
        DataProblem(
          file: folder.path,
          all.isEmpty
            ? "holds no CSV file whose first line names a column of images (ImageId, img, id) and one of run "
              + "lengths (EncodedPixels, rle_mask, rle)"
            : "holds several tables of run lengths (\(all.joined(separator: ", "))): leave the one for "
              + "training in it"))
    }
    let table = try KaggleFile(path: folder.full(name))
    let problems = Problems()
    var files: [String?] = []
    for (number, image) in table.images.enumerated() {
      let found = Self.find(image, in: folder)
      if case .one(let file) = found { files.append(file) } else { files.append(nil) }
      guard files[number] == nil else { continue }
      let line = table.rows.first { $0.image == number }?.line
      if case .several(let places) = found {
        problems.add(
          table.path, line: line,
          "image \(image) may be \(places.prefix(3).joined(separator: " or ")): keep one of them")
      } else {
        problems.add(
          table.path, line: line,
          "image \(image) is nowhere in \(folder.path): unpack the competition's images into the folder"
        )
      }
    }
    try problems.throwIfAny()
    let numbers = classes(of: table)
    let rows = Dictionary(grouping: table.rows, by: \.image)
    var samples = files.enumerated().compactMap { number, file -> AnnotatedSample? in
      file.map { file in
        let drawing = KaggleDrawing(
          path: table.path, rows: rows[number] ?? [], classes: numbers, order: options.order)
        return AnnotatedSample(
          image: folder.full(file),
          truth: .drawn(
            Drawing(
              size: nil, place: AnnotationPlace(file: table.path, line: rows[number]?.first?.line)
            ) { canvas throws(LayoutError) in try drawing.draw(on: &canvas) }))
      }
    }
    let listed = Set(files.compactMap(\.self))
    samples += folder.files(under: "", endings: SourceFolder.imageEndings).filter {
      !listed.contains($0)
    }
    .filter { !$0.contains("/masks/") }
    .map { AnnotatedSample(image: folder.full($0), truth: .none) }
    return AnnotatedDataSet(classes: numbers.classes, samples: samples)
  }

  /// `ID`, `ID.png`, or `ID/images/ID.png`.
  private static func find(_ image: String, in folder: SourceFolder) -> SourceFolder.Found {
    let hasEnding = SourceFolder.imageEndings.contains(SourceFolder.ending(of: image))
    let names = hasEnding ? [image] : SourceFolder.imageEndings.sorted().map { "\(image).\($0)" }
    let near = ["", "images", "train", "train_images", "stage1_train/\(image)/images"]
    var several: SourceFolder.Found = .none
    for name in names {
      switch folder.find(name, near: near) {
      case .one(let file): return .one(file)
      case .several(let files):
        // The images of the competition's test set are called alike in some.
        let training = files.filter {
          SourceFolder.part(in: $0) == .train && !$0.contains("/masks/")
        }
        if training.count == 1 { return .one(training[0]) }
        several = .several(files)
      case .none: continue
      }
    }
    return several
  }

  private static func classes(of table: KaggleFile) -> ClassNumbers {
    var numbers = ClassNumbers()
    guard table.hasClasses else {
      numbers.add("object")
      return numbers
    }
    let labels = Set(table.rows.compactMap(\.label)).sorted { one, other in
      if let first = Int(one), let second = Int(other) { return first < second }
      return one < other
    }
    for label in labels { numbers.add(label) }
    return numbers
  }
}

/// Draws the rows of an image.
struct KaggleDrawing: Sendable {
  let path: String
  let rows: [KaggleFile.Row]
  let classes: ClassNumbers
  let order: PixelOrder

  func draw(on canvas: inout Canvas) throws(DataError) {
    var bytes = try ByteBlocks(path: path)
    var number = 0
    let problems = Problems()
    for row in rows {
      let text = try bytes.text(row.place)
      if text.isEmpty || text == "-1" || text == "nan" { continue }
      do throws(KaggleRunLengths.Problem) {
        try KaggleRunLengths.fill(text[...], order: order, into: &canvas.region)
      } catch {
        problems.add(
          path, line: row.line,
          error.message
            + (order == .columns ? "; where pixels are numbered row by row, add --order rows" : ""))
        canvas.region.removeAll()
        continue
      }
      number += 1
      let id = classes[row.label ?? "object"] ?? 0
      canvas.paint(UInt16(id), instance: UInt16(clamping: number))
    }
    try problems.throwIfAny()
  }
}

extension ByteBlocks {
  /// The text that stands at a place of the file.
  mutating func text(_ place: Range<Int>) throws(DataError) -> String {
    seek(to: place.lowerBound)
    var text: [UInt8] = []
    while text.count < place.count {
      let wanted = place.count - text.count
      let isEnd = try withRest { rest in
        text.append(contentsOf: rest.prefix(wanted))
        return (rest.isEmpty, min(wanted, rest.count))
      }
      if isEnd { break }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
