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
    let color: Int
  }

  /// In the order of the ids of training.
  static var trained: [Label] { all.filter { $0.trainID < 255 }.sorted { $0.trainID < $1.trainID } }

  static func named(_ name: String) -> Label? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  private static let all: [Label] = {
    let void = ["unlabeled", "ego vehicle", "rectification border", "out of roi", "static", "dynamic", "ground"]
    let rest: [(String, Int, Int)] = [
      ("road", 0, 0x804080), ("sidewalk", 1, 0xF423E8), ("parking", 255, 0xFAAAA0),
      ("rail track", 255, 0xE6968C), ("building", 2, 0x464646), ("wall", 3, 0x66669C),
      ("fence", 4, 0xBE9999), ("guard rail", 255, 0xB4A5B4), ("bridge", 255, 0x966464),
      ("tunnel", 255, 0x96785A), ("pole", 5, 0x999999), ("polegroup", 255, 0x999999),
      ("traffic light", 6, 0xFAAA1E), ("traffic sign", 7, 0xDCDC00), ("vegetation", 8, 0x6B8E23),
      ("terrain", 9, 0x98FB98), ("sky", 10, 0x4682B4), ("person", 11, 0xDC143C),
      ("rider", 12, 0xFF0000), ("car", 13, 0x00008E), ("truck", 14, 0x000046), ("bus", 15, 0x003C64),
      ("caravan", 255, 0x00005A), ("trailer", 255, 0x00006E), ("train", 16, 0x005064),
      ("motorcycle", 17, 0x0000E6), ("bicycle", 18, 0x770B20),
    ]
    return void.enumerated().map { Label(name: $1, id: $0, trainID: 255, hasInstances: false, color: 0) }
      + rest.enumerated().map { index, entry in
        Label(
          name: entry.0, id: index + 7, trainID: entry.1, hasInstances: index + 7 >= 24, color: entry.2)
      } + [Label(name: "license plate", id: -1, trainID: 255, hasInstances: false, color: 0)]
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
      guard let label = CityscapesLabels.named(isGroup ? String(written.dropLast(5)) : written) else {
        problems.add(path, "object \(index + 1) is of '\(written)', which is no label of Cityscapes")
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
