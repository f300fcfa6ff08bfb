/// Makes samples of the lines of one list file.
struct ListLineParser {
  let list: String
  /// From 1; 0 for what a command was given, which has no lines.
  let line: Int
  /// That entries are relative to.
  let folder: String?
  let stack: ImageStack
  /// That a line names.
  let masks: Int

  /// What a line lists whose masks do not matter, where it has any: one sample, or those of a range of
  /// slices. Their numbers are not set.
  func unlabelled(_ text: Substring) throws(DataError) -> [ListedSample] {
    guard let fields = ListLine(text)?.fields, let entries = fields.first else {
      throw problem("expected 'image', found '\(text)' (quote paths that hold blanks)")
    }
    try requireImages(entries)
    let images = try entries.map { entry throws(DataError) in try files(entry) }
    if let other = images.firstIndex(where: { $0.count != images[0].count }) {
      throw problem(
        "\(entries[0]) lists \(images[0].count) and \(entries[other]) \(images[other].count): they "
          + "are seen together")
    }
    return images[0].indices.map { index in
      ListedSample(
        list: list, line: line, number: 0, images: images.map { $0[index] }, masks: [])
    }
  }

  /// What a line lists: one sample, or those of a range of slices. Their numbers are not set.
  func samples(_ text: Substring) throws(DataError) -> [ListedSample] {
    if let points = stack.points { return try samples(text, points) }
    guard let fields = ListLine(text).map({ joined($0.fields) }), fields.count >= 2,
      fields.dropFirst(2).allSatisfy({ $0[0].contains("=") })
    else {
      throw problem("expected 'image mask', found '\(text)' (quote paths that hold blanks)")
    }
    return try samples(fields: fields)
  }

  /// Masks that stand in columns of their own are what `;` joins.
  private func joined(_ fields: [[String]]) -> [[String]] {
    let columns = fields.dropFirst().prefix(masks)
    guard masks > 1, columns.count == masks,
      columns.allSatisfy({ $0.count == 1 && !$0[0].contains("=") })
    else { return fields }
    return [fields[0], columns.map { $0[0] }] + fields.dropFirst(1 + masks)
  }

  /// - Parameter fields: the images, the masks and the settings of a line.
  func samples(fields: [[String]]) throws(DataError) -> [ListedSample] {
    if let points = stack.points { return try samples(fields: fields, points) }
    try requireImages(fields[0])
    guard fields[1].count == masks else {
      let named = fields[1].count == 1 ? "1 mask" : "\(fields[1].count) masks"
      throw problem(
        masks == 1
          ? "names \(named), but the task takes one of a sample: name one (a path that holds "
            + "';' is quoted)"
          : "names \(named), but the task takes \(masks) of a sample: join them by ';', in their order"
      )
    }
    let images = try fields[0].map { entry throws(DataError) in try files(entry) }
    let masks = try fields[1].map { entry throws(DataError) in try files(entry) }
    let count = images[0].count
    for (entry, image) in zip(fields[0], images) {
      for (other, mask) in zip(fields[1], masks) where image.count != mask.count {
        throw problem(
          "\(entry) lists \(image.count) and \(other) \(mask.count): every image needs a mask")
      }
    }
    let settings = try settings(fields.dropFirst(2), samples: count)
    return (0..<count).map { index in
      var sample = ListedSample(
        list: list, line: line, number: 0, images: images.map { $0[index] },
        masks: masks.map { $0[index] })
      sample.weight = settings.weight
      if !settings.regions.isEmpty { sample.region = settings.regions[index] }
      sample.boxes = settings.boxes
      return sample
    }
  }

  private func requireImages(_ entries: [String]) throws(DataError) {
    guard entries.count == stack.images.count else {
      throw problem(
        "names \(entries.count == 1 ? "1 image" : "\(entries.count) images") and data.channels "
          + "means \(stack.images.count): join them by ';', with a number each in data.channels, as "
          + "[3, 1] (a path that holds ';' is quoted)")
    }
  }

  private func files(_ entry: String) throws(DataError) -> [ListedFile] {
    guard !entry.isEmpty else { throw problem("names no file before or behind a ';'") }
    do throws(VolumeSliceError) {
      return try ListedFile.files(entry, in: folder, axes: stack.axes)
    } catch {
      throw problem(error.message)
    }
  }

  struct Settings {
    var weight = 1.0
    /// One a sample; none where everything counts.
    var regions: [ListedFile] = []
    var boxes: ListedFile?
  }

  func settings(
    _ fields: ArraySlice<[String]>, samples: Int
  ) throws(DataError) -> Settings {
    var settings = Settings()
    var problems: [DataProblem] = []
    for field in fields {
      do throws(DataError) {
        try read(field.joined(separator: ";"), samples: samples, into: &settings)
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    return settings
  }

  private func read(
    _ field: String, samples: Int, into settings: inout Settings
  ) throws(DataError) {
    let (key, value) = field.splitAtFirst("=")
    switch key {
    case "weight":
      guard let weight = Double(value), (1e-6...1e6).contains(weight) else {
        throw problem("weight must be a number from 1e-6 to 1e6, not '\(value)'")
      }
      settings.weight = weight
    case "roi":
      guard !value.isEmpty else { throw problem("roi names no file") }
      let regions = try files(value)
      guard regions.count == samples else {
        throw problem(
          "roi lists \(regions.count), the line \(samples): every image needs a region of its own")
      }
      settings.regions = regions
    case "boxes":
      guard samples == 1, let file = try files(value).first, file.slice == nil else {
        throw problem("boxes names the text file of one image's boxes, and the line lists slices")
      }
      settings.boxes = file
    default:
      throw problem(
        "unknown setting '\(key)': a line may set weight=NUMBER, roi=PATH and boxes=PATH")
    }
  }

  func problem(_ message: String) -> DataError {
    DataError(DataProblem(file: list, line: line > 0 ? line : nil, message))
  }
}

extension String {
  fileprivate func splitAtFirst(_ separator: Character) -> (before: String, after: String) {
    guard let place = firstIndex(of: separator) else { return (self, "") }
    return (String(self[..<place]), String(self[index(after: place)...]))
  }
}
