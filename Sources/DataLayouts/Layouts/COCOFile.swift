internal import Datasets
internal import Groundwork

/// A JSON file of COCO's instances, read once: its images and classes, and where the annotations of each
/// image stand.
final class COCOFile: Sendable {
  let path: String
  let images: [Image]
  let categories: [Category]
  /// Where the annotations stand, those of an image together, in the order of the file.
  private let places: [JSONReader.Place]
  /// `[images + 1]`: where those of each begin.
  private let starts: [Int]
  /// The ids of the categories that annotations name.
  let usedCategories: Set<Int>
  /// What is left out of it, a sentence each.
  let warnings: [String]
  /// False where every annotation is a box alone.
  let hasSegmentations: Bool

  struct Image {
    let name: String
    let size: Size?
    let line: Int
  }

  struct Category: Hashable {
    let id: Int
    let name: String
    let supercategory: String?
  }

  /// - Parameter takesBoxes: whether boxes are read of annotations, and not their pixels.
  init(path: String, takesBoxes: Bool = false) throws(DataError) {
    var collected = Collected(path: path)
    collected.takesBoxes = takesBoxes
    let reader = try JSONReader(path: path)
    // Annotations that stand before the images are read when these are known.
    var early: JSONReader.Place?
    try reader.members { key throws(DataError) in
      switch key {
      case "images": try collected.readImages(reader)
      case "categories": try collected.readCategories(reader)
      case "annotations":
        if collected.numbers.isEmpty {
          early = reader.place
          try reader.skip()
        } else {
          try collected.readAnnotations(reader)
        }
      default: try reader.skip()
      }
    }
    if let early {
      reader.go(to: early)
      try collected.readAnnotations(reader)
    }
    try collected.problems.throwIfAny()
    self.path = path
    (images, categories) = (collected.images, collected.categories)
    usedCategories = collected.used
    warnings = collected.omissions.warnings
    hasSegmentations = collected.owners.isEmpty || collected.hasSegmentations
    let order = collected.owners.indices.sorted { left, right in
      (collected.owners[left], left) < (collected.owners[right], right)
    }
    places = order.map { collected.places[$0] }
    var starts = [Int](repeating: 0, count: images.count + 1)
    for owner in collected.owners { starts[Int(owner) + 1] += 1 }
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    self.starts = starts
  }

  /// Visits the annotations of an image in the order of the file.
  func annotations(
    of image: Int, _ body: (JSONValue, _ line: Int) throws(DataError) -> Void
  ) throws(DataError) {
    guard starts[image] < starts[image + 1] else { return }
    let reader = try JSONReader(path: path)
    for place in places[starts[image]..<starts[image + 1]] {
      reader.go(to: place)
      let annotation = try reader.value(skipping: ["keypoints", "attributes"])
      try body(annotation, reader.lineNumber)
    }
  }

  func hasAnnotations(_ image: Int) -> Bool { starts[image] < starts[image + 1] }
}

private struct Collected {
  let path: String
  var images: [COCOFile.Image] = []
  var categories: [COCOFile.Category] = []
  var numbers: [String: Int32] = [:]
  var owners: [Int32] = []
  var places: [JSONReader.Place] = []
  var used: Set<Int> = []
  var hasSegmentations = false
  var takesBoxes = false
  let problems = Problems()
  let omissions = Omissions()

  init(path: String) { self.path = path }

  private func id(_ value: JSONValue?) -> String? {
    value.flatMap { $0.integer.map(String.init) ?? $0.text }
  }

  mutating func readImages(_ reader: JSONReader) throws(DataError) {
    var lines: [Int32: Int] = [:]
    try reader.elements { () throws(DataError) in
      let value = try reader.value()
      let line = reader.lineNumber
      guard let id = id(value["id"]), let name = value["file_name"]?.text else {
        return problems.add(path, line: line, "an image has no id or no file_name: give it both")
      }
      guard numbers[id] == nil else {
        return problems.add(
          path, line: line,
          "image \(id) is listed twice, the second time as \(name): give it an id of its own")
      }
      let number = Int32(images.count)
      numbers[id] = number
      lines[number] = line
      var size: Size?
      if let height = value["height"]?.integer, let width = value["width"]?.integer,
        height > 0, width > 0
      {
        guard height <= 1 << 20, width <= 1 << 20 else {
          return problems.add(path, line: line, "image \(name) is said to be of \(height)×\(width)")
        }
        size = Size(height: height, width: width)
      }
      images.append(COCOFile.Image(name: name, size: size, line: line))
    }
  }

  mutating func readCategories(_ reader: JSONReader) throws(DataError) {
    try reader.elements { () throws(DataError) in
      let value = try reader.value(skipping: ["keypoints", "skeleton"])
      guard let id = value["id"]?.integer, let name = value["name"]?.text, !name.isEmpty else {
        return problems.add(
          path, line: reader.lineNumber, "a category has no id or no name: give it both")
      }
      if let other = categories.first(where: { $0.id == id }), other.name != name {
        return problems.add(
          path, line: reader.lineNumber,
          "category \(id) is both '\(other.name)' and '\(name)': give them ids of their own")
      }
      categories.append(
        COCOFile.Category(id: id, name: name, supercategory: value["supercategory"]?.text))
    }
  }

  mutating func readAnnotations(_ reader: JSONReader) throws(DataError) {
    let ids = Set(categories.map(\.id))
    try reader.elements { () throws(DataError) in
      let place = reader.place
      let value = try reader.value(skipping: ["keypoints", "attributes"])
      let line = reader.lineNumber
      if takesBoxes {
        hasSegmentations = true
      } else if let reason = COCOSegmentation.omission(of: value["segmentation"]) {
        omissions.add(reason, at: "\(path):\(line)")
      } else {
        hasSegmentations = true
      }
      guard let image = id(value["image_id"]), let category = value["category_id"]?.integer else {
        return problems.add(
          path, line: line, "an annotation has no image_id or no category_id: give it both")
      }
      guard let number = numbers[image] else {
        return problems.add(
          path, line: line,
          "an annotation is of image \(image), which is not in images: add it, or take the annotation out"
        )
      }
      if !ids.isEmpty, !ids.contains(category) {
        return problems.add(
          path, line: line,
          "an annotation is of category \(category), which is not in categories: add it, or take the "
            + "annotation out")
      }
      used.insert(category)
      owners.append(number)
      places.append(place)
    }
  }
}
