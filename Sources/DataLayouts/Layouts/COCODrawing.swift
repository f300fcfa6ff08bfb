internal import Datasets
internal import Groundwork

/// Draws the mask of an image of a COCO file.
struct COCODrawing: Sendable {
  let file: COCOFile
  /// The number of the image in the file.
  let image: Int
  /// For each file, the id of a class for the id of a category.
  let classes: [String: [Int: Int]]

  /// Crowds first, since objects that are annotated one by one lie in them; then in the order of the file.
  func draw(on canvas: inout Canvas) throws(DataError) {
    let ids = classes[file.path] ?? [:]
    let ignored = UInt16(ids.values.max().map { $0 < 255 ? 255 : 65_535 } ?? 255)
    var number = 0
    let problems = Problems()
    for isCrowd in [true, false] {
      try file.annotations(of: image) { annotation, line throws(DataError) in
        guard (annotation["iscrowd"]?.integer == 1) == isCrowd,
          let id = annotation["category_id"]?.integer.flatMap({ ids[$0] })
        else { return }
        _ = problems.collect { () throws(DataError) in
          try COCOSegmentation(file: file.path, line: line)
            .fill(annotation["segmentation"], into: &canvas.region)
        }
        guard !canvas.region.isEmpty else { return canvas.region.removeAll() }
        if isCrowd { return canvas.paint(ignored, instance: 0) }
        number += 1
        guard number <= Canvas.maximumInstances else {
          throw DataError(
            DataProblem(
              file: file.path, line: line,
              "an image has more than \(Canvas.maximumInstances) annotations"))
        }
        canvas.paint(UInt16(id), instance: UInt16(number))
      }
    }
    try problems.throwIfAny()
  }
}

/// The pixels of an annotation: polygons or run lengths.
struct COCOSegmentation {
  let file: String
  let line: Int?

  /// Why an annotation covers no pixels, as the end of `1 annotation …`; `nil` where it does.
  static func omission(of value: JSONValue?) -> String? {
    switch value {
    case .null, nil: return "has a box alone"
    case .list(let polygons):
      if polygons.isEmpty { return "has a box alone" }
      let isFlat = polygons.allSatisfy { $0.numbers.map { $0.count < 6 } ?? false }
      return isFlat ? "has fewer than three corners" : nil
    case .numbers(let numbers): return numbers.count < 6 ? "has fewer than three corners" : nil
    default: return nil
    }
  }

  /// Adds the pixels; none for an annotation that has a box alone.
  func fill(_ value: JSONValue?, into region: inout Region) throws(DataError) {
    switch value {
    case .list(let polygons):
      for polygon in polygons {
        guard let numbers = polygon.numbers else {
          throw problem("a polygon is no list of numbers x, y, x, y, …")
        }
        try fill(polygon: numbers, into: &region)
      }
    case .numbers(let numbers): try fill(polygon: numbers, into: &region)
    case .object(let members): try fill(runLengths: members, into: &region)
    case .null, nil: return
    default: throw problem("its segmentation is neither polygons nor run lengths")
    }
  }

  /// A polygon of fewer than three corners covers nothing.
  private func fill(polygon numbers: [Double], into region: inout Region) throws(DataError) {
    guard numbers.count % 2 == 0 else {
      throw problem("a polygon has \(numbers.count) numbers, and they come in pairs x, y")
    }
    let points = stride(from: 0, to: numbers.count, by: 2).map {
      Point(numbers[$0], numbers[$0 + 1])
    }
    try PolygonCheck.check(points, file: file, line: line)
    guard points.count > 2 else { return }
    COCOPolygon.fill(points, into: &region)
  }

  private func fill(
    runLengths members: [String: JSONValue], into region: inout Region
  ) throws(DataError) {
    guard let size = members["size"]?.numbers, size.count == 2 else {
      throw problem("run lengths have no size [height, width]")
    }
    guard size[0] == Double(region.size.height), size[1] == Double(region.size.width) else {
      throw problem(
        "run lengths are of \(Int(clamping: size[0]))×\(Int(clamping: size[1])), and the image is of "
          + "\(region.size): correct the size of the image or of the annotation")
    }
    do throws(COCORunLengths.Problem) {
      if let text = members["counts"]?.text {
        try COCORunLengths.fill(COCORunLengths.counts(text), into: &region)
      } else if let counts = members["counts"]?.numbers {
        try COCORunLengths.fill(counts.lazy.map { Int(exactly: $0) ?? -1 }, into: &region)
      } else {
        throw COCORunLengths.Problem(message: "run lengths have no counts")
      }
    } catch {
      throw problem(error.message)
    }
  }

  private func problem(_ message: String) -> DataError {
    DataError(DataProblem(file: file, line: line, message))
  }
}

extension Int {
  /// The nearest integer; 0 for what is no number.
  init(clamping value: Double) {
    self = value.isNaN ? 0 : Int(Swift.max(-1e15, Swift.min(1e15, value)))
  }
}
