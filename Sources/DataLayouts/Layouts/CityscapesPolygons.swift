internal import Datasets
internal import Groundwork

/// The names of Cityscapes (`labels.py` of cityscapesScripts) by their ids, with the id that each has in
/// training.
enum CityscapesLabels {
  struct Label {
    let name: String
    let id: Int
    /// 255 for what never counts.
    let trainID: Int
    let hasInstances: Bool
  }

  /// In the order of the ids of training.
  static var trained: [Label] { all.filter { $0.trainID < 255 }.sorted { $0.trainID < $1.trainID } }

  static func named(_ name: String) -> Label? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  private static let all: [Label] = {
    let void = [
      "unlabeled", "ego vehicle", "rectification border", "out of roi", "static", "dynamic",
      "ground",
    ]
    let rest: [(String, Int)] = [
      ("road", 0), ("sidewalk", 1), ("parking", 255),
      ("rail track", 255), ("building", 2), ("wall", 3),
      ("fence", 4), ("guard rail", 255), ("bridge", 255),
      ("tunnel", 255), ("pole", 5), ("polegroup", 255),
      ("traffic light", 6), ("traffic sign", 7), ("vegetation", 8),
      ("terrain", 9), ("sky", 10), ("person", 11),
      ("rider", 12), ("car", 13), ("truck", 14),
      ("bus", 15),
      ("caravan", 255), ("trailer", 255), ("train", 16),
      ("motorcycle", 17), ("bicycle", 18),
    ]
    return void.enumerated().map {
      Label(name: $1, id: $0, trainID: 255, hasInstances: false)
    }
      + rest.enumerated().map { index, entry in
        Label(
          name: entry.0, id: index + 7, trainID: entry.1, hasInstances: index + 7 >= 24)
      } + [Label(name: "license plate", id: -1, trainID: 255, hasInstances: false)]
  }()
}

/// A file of polygons of Cityscapes.
struct CityscapesPolygons {
  let path: String

  /// In the order of the file: `json2labelImg` with the ids of training, and `json2instanceImg`.
  func draw(on canvas: inout Canvas) throws(DataError) {
    let value = try JSONReader(path: path).value()
    guard let objects = value["objects"]?.list else { throw problem("holds no objects") }
    if let height = value["imgHeight"]?.integer, let width = value["imgWidth"]?.integer,
      height != canvas.size.height || width != canvas.size.width
    {
      throw problem(
        "is of \(height)×\(width), and its image of \(canvas.size): put the image in its place that was "
          + "annotated")
    }
    canvas.fillBackground(255)
    var counts: [Int: Int] = [:]
    let problems = Problems()
    for (index, object) in objects.enumerated() {
      if object["deleted"]?.integer == 1 { continue }
      guard let written = object["label"]?.text, let points = object["polygon"]?.points else {
        problems.add(path, "object \(index + 1) has no label or no polygon of pairs [x, y]")
        continue
      }
      // `cargroup` are cars that nobody could tell apart.
      let isGroup = CityscapesLabels.named(written) == nil && written.hasSuffix("group")
      guard let label = CityscapesLabels.named(isGroup ? String(written.dropLast(5)) : written)
      else {
        problems.add(
          path, "object \(index + 1) is of '\(written)', which is no label of Cityscapes")
        continue
      }
      guard label.id >= 0 else { continue }
      _ = problems.collect { () throws(DataError) in
        try PolygonCheck.check(points, file: path, line: nil)
        if !points.isEmpty { PillowPolygon.fill(points, into: &canvas.region) }
      }
      var instance = label.id
      if label.hasInstances, !isGroup {
        instance = label.id * 1000 + counts[label.id, default: 0]
        counts[label.id, default: 0] += 1
      }
      canvas.paint(UInt16(label.trainID), instance: UInt16(clamping: instance))
    }
    try problems.throwIfAny()
  }

  private func problem(_ message: String) -> DataError {
    DataError(DataProblem(file: path, message))
  }
}
