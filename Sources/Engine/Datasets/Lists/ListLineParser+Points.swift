internal import Groundwork

/// Lines of lists of points: the file of the points, and the file of their labels where no column of the first
/// holds them. The settings of a line stand behind these.
extension ListLineParser {
  func samples(_ text: Substring, _ points: PointSettings) throws(DataError) -> [ListedSample] {
    guard let fields = ListLine(text)?.fields, !fields.isEmpty else {
      throw problem("expected a file of points, found '\(text)' (quote paths that hold blanks)")
    }
    return try samples(fields: fields, points)
  }

  func samples(
    fields: [[String]], _ points: PointSettings
  ) throws(DataError) -> [ListedSample] {
    let files = fields.prefix { !($0.count == 1 && $0[0].contains("=")) }
    let wanted = points.columns.label == nil ? 2 : 1
    guard files.count == wanted, files.allSatisfy({ $0.count == 1 && !$0[0].isEmpty }) else {
      throw problem(
        wanted == 1
          ? "expected one file of points, as data.points.columns says which column holds the labels"
          : "expected 'points labels', as data.points.columns names no column of labels")
    }
    let settings = try settings(fields.dropFirst(files.count), samples: 1)
    guard settings.regions.isEmpty else {
      throw problem("sets roi, which is of images: write weight=NUMBER alone")
    }
    return try parts(files.map { $0[0] }, points).map { values, labels in
      var sample = ListedSample(
        list: list, line: line, number: 0, images: [values], masks: [labels])
      sample.weight = settings.weight
      return sample
    }
  }

  /// The samples that a file is cut into: their values and their labels.
  private func parts(
    _ entries: [String], _ points: PointSettings
  ) throws(DataError) -> [(values: ListedFile, labels: ListedFile)] {
    let paths = entries.map { FilePath(FilePath.resolve($0, in: folder)) }
    func part(_ block: Int) -> PointPart {
      PointPart(
        file: paths[0], labels: paths.count > 1 ? paths[1] : nil, settings: points, block: block)
    }
    let count: Int
    do throws(ImageError) {
      count = try points.blocks == nil ? 1 : PointMemory.shared.prepared(part(0)).blocks.count
    } catch {
      throw problem("points \(error.file ?? paths[0].text): \(error.reason)")
    }
    guard count > 0 else {
      throw problem(
        "points \(paths[0]): no block has \(points.blocks?.least ?? 0) points: lower "
          + "data.points.blocks.least or make blocks larger")
    }
    return (0..<count).map { block in
      let place = points.blocks == nil ? "" : "[\(block)]"
      return (
        file(entries[0] + place, part(block), place),
        file(entries[entries.count - 1] + place, part(block), place + " labels")
      )
    }
  }

  /// - Parameter what: which part of the file, and which of its values.
  private func file(_ name: String, _ part: PointPart, _ what: String) -> ListedFile {
    ListedFile(
      name: name, path: FilePath("\(part.file)\(what)"), slice: nil, points: part)
  }
}
