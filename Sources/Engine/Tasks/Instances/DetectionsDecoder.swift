internal import Datasets
internal import Groundwork
internal import Learning

/// Takes the objects that a network has found and drawn: its first head has their classes, ids and scores as numbers,
/// in the planes of ``InstancePlanes``.
struct DetectionsDecoder: InstanceDecoder {
  static let name = "detections"
  static let fields: [FieldDeclaration] = []
  static let fieldsOfPredictions: [String] = []
  static let findsObjects = true

  init(_ values: FieldValues) {}

  var settings: String { "" }
  var readsProbabilities: Bool { false }

  func check(classes: [String]) {}
  func target(classes: [String]) -> TrainingTarget? { nil }

  func objects(
    of values: UnsafePointer<Float>, channels: Int, _ size: Size, minimumArea: Int, threads: Int
  ) -> CutObjects {
    let area = size.area
    func plane(_ index: Int) -> UnsafePointer<Float> { values + index * area }
    let map = (0..<area).map { Int32(plane(InstancePlanes.ids)[$0]) }
    let count = Int(map.max() ?? 0) + 1
    var classIDs = [Label](repeating: 0, count: count)
    var scores = [Double](repeating: 0, count: count)
    for pixel in 0..<area where map[pixel] > 0 {
      let object = Int(map[pixel])
      classIDs[object] = Label(plane(InstancePlanes.classes)[pixel])
      scores[object] = Double(plane(InstancePlanes.scores)[pixel])
    }
    return CutObjects(map: map, classIDs: classIDs, scores: scores)
  }
}
