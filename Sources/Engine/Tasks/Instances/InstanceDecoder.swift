internal import Datasets
internal import Groundwork
internal import Learning

/// One way from a network to objects: what it says of each pixel, what that is trained against, and how
/// objects are cut from it.
///
/// Letters: C channels of the logits, H height, W width.
protocol InstanceDecoder: Sendable {
  /// As `decode` names it.
  static var name: String { get }
  /// The settings that it alone reads.
  static var fields: [FieldDeclaration] { get }
  /// The names of those that change nothing of what a network learns.
  static var fieldsOfPredictions: [String] { get }
  /// True where the network finds objects itself, and its first head has them: classes, ids and scores.
  static var findsObjects: Bool { get }
  init(_ values: FieldValues)

  /// Tells what is learned with other settings apart.
  var settings: String { get }
  /// True where objects are cut from probabilities, the softmax over the channels; else from the logits.
  var readsProbabilities: Bool { get }

  /// - Throws: ``ComponentError`` where it cannot tell these classes.
  func check(classes: [String]) throws(ComponentError)
  /// What losses compare the channels with, and the names of these; `nil` where they look at the objects.
  func target(classes: [String]) -> TrainingTarget?
  /// Writes the labels of ``InstancePlanes/targets``, for pixels that are of an object: others are 0, or
  /// ignored, already.
  ///
  /// - Parameters:
  ///   - ids: `[H, W]`: 0 outside of objects, ``Labels/ignoreIndex`` where nothing is known.
  ///   - classes: `[H, W]`.
  ///   - count: of the classes.
  func writeTarget(
    ids: UnsafePointer<Label>, classes: UnsafePointer<Label>, count: Int, size: Size,
    to labels: UnsafeMutablePointer<Label>)

  /// The objects of an image.
  ///
  /// - Parameters:
  ///   - values: `[C, H, W]`: probabilities or logits.
  ///   - minimumArea: the pixels that an object has at least; smaller ones may be left out.
  func objects(
    of values: UnsafePointer<Float>, channels: Int, _ size: Size, minimumArea: Int, threads: Int
  ) -> CutObjects
}

extension InstanceDecoder {
  static var findsObjects: Bool { false }

  /// A decoder whose losses look at the ids has no labels of its own.
  func writeTarget(
    ids: UnsafePointer<Label>, classes: UnsafePointer<Label>, count: Int, size: Size,
    to labels: UnsafeMutablePointer<Label>
  ) {}

  /// - Parameter what: what it says of objects.
  /// - Throws: ``ComponentError`` where there are several classes of objects.
  static func requireOneClass(
    _ classes: [String], field: String, _ what: String
  ) throws(ComponentError) {
    guard classes.count != 2 else { return }
    throw ComponentError(
      field: field,
      "\(what) tell no classes, but \(classes.count - 1) classes of objects are listed: use decode: "
        + "watershed with target: boundary")
  }
}

/// The decoders that `decode` can name.
enum InstanceDecoders {
  static let all: [any InstanceDecoder.Type] = [
    WatershedDecoder.self, StarDistDecoder.self, FlowsDecoder.self, DetectionsDecoder.self,
  ]
}

/// Objects of an image as a decoder cuts them, numbered from 1.
struct CutObjects {
  /// `[H, W]`: the number of the object, 0 for none.
  var map: [Int32]
  /// The class of each object; the first is the background.
  var classIDs: [Label]
  /// How sure each object is, 0…1; the first is that of the background.
  var scores: [Double]

  /// Writes those that are large enough. They get ids from 1 in the order of their first pixels; beyond
  /// ``InstancePlanes/largestID`` they become background.
  ///
  /// - Parameter planes: `[3, H, W]`, as ``InstancePlanes`` has them, written whole.
  func write(minimumArea: Int, to planes: UnsafeMutablePointer<Label>) {
    let area = map.count
    var pixels = [Int](repeating: 0, count: classIDs.count)
    for object in map { pixels[Int(object)] += 1 }
    let labels = scores.map { InstancePlanes.label(ofScore: $0) }
    var ids = [Label](repeating: 0, count: classIDs.count)
    var last = 0
    for pixel in 0..<area {
      let object = Int(map[pixel])
      let isKept = object > 0 && pixels[object] >= minimumArea
      if isKept, ids[object] == 0, last < InstancePlanes.largestID {
        last += 1
        ids[object] = Label(last)
      }
      let id = isKept ? ids[object] : 0
      planes[InstancePlanes.classes * area + pixel] = id > 0 ? classIDs[object] : 0
      planes[InstancePlanes.ids * area + pixel] = id
      planes[InstancePlanes.scores * area + pixel] = id > 0 ? labels[object] : 0
    }
  }
}
