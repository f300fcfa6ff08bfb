package import Groundwork

extension Registry where Member == any Postprocessing.Type {
  /// What a spec can do to predictions.
  package static var postprocessings: Registry { postprocessingList }
}

private let postprocessingList = Registry<any Postprocessing.Type>(
  kind: "postprocessing",
  [
    DenseCRF.self, Threshold.self, MorseSkeletonLines.self, RemoveSmall.self, LargestComponent.self,
    FillHoles.self,
    Opening.self,
    Closing.self,
  ]
) { $0 }

/// A change of predictions before they are judged or written: the same wherever a network is applied.
///
/// A step changes probabilities before they are decoded, or the labels that are decoded of them. Class 0 is
/// what is left where nothing is: where a pixel has one class, it is the background. Objects are sets of
/// 8-connected pixels of one class.
package protocol Postprocessing: Component {
  /// What a step of this kind looks at.
  static var reads: PostprocessingInput { get }
  /// Changes the probabilities of one image.
  func refine(_ probabilities: inout ImageProbabilities)
  /// Changes the predictions of one image.
  func apply(to predictions: inout ImageLabels)
}

extension Postprocessing {
  package static var reads: PostprocessingInput { .labels }
  package func refine(_ probabilities: inout ImageProbabilities) {}
  package func apply(to predictions: inout ImageLabels) {}
}

/// What steps look at; what reads more comes later.
package enum PostprocessingInput: Int, Sendable, Comparable {
  case labels
  case probabilities
  /// The probabilities, and the image that they are of.
  case image

  package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// The predictions of one image.
///
/// Letters: P planes, K classes, H height, W width.
package struct ImageLabels: Sendable, Hashable {
  /// `[P, H, W]`: one plane of class ids, or for each class a plane that holds 1 where the pixel is of it
  /// and 0 where it is not.
  package var labels: [Label]
  package let size: Size
  /// True where a pixel may be of several classes.
  package let hasPlanes: Bool

  package init(labels: [Label], size: Size, hasPlanes: Bool) {
    (self.labels, self.size, self.hasPlanes) = (labels, size, hasPlanes)
  }

  /// The first pixel of every plane.
  var planes: StrideTo<Int> { stride(from: 0, to: labels.count, by: max(1, size.area)) }

  /// The objects of a plane, the background left out.
  func objects(inPlaneAt start: Int) -> LabelledObjects {
    LabelledObjects(labels[start..<start + size.area], size)
  }

  /// The rows and columns of the pixels above, left of, right of and below one, within the image.
  static func neighbours(of pixel: Int, _ size: Size) -> [Int] {
    let (row, column) = pixel.quotientAndRemainder(dividingBy: size.width)
    var found: [Int] = []
    if row > 0 { found.append(pixel - size.width) }
    if column > 0 { found.append(pixel - 1) }
    if column + 1 < size.width { found.append(pixel + 1) }
    if row + 1 < size.height { found.append(pixel + size.width) }
    return found
  }
}

extension Truth {
  /// - Throws: ``ComponentError`` where the step cannot change predictions of this form.
  package func check(_ step: any Postprocessing) throws(ComponentError) {
    try require(neighbors: true, remedy: "leave it out")
    try form.require(
      [.classes, .binaryPlanes], task: task,
      remedy: "leave it out; what is predicted of objects is set in the task")
  }
}

extension [any Postprocessing] {
  /// What the step that looks at most looks at.
  package var reads: PostprocessingInput { map { type(of: $0).reads }.max() ?? .labels }

  /// The first step that looks at probabilities behind one that has changed the labels, which would
  /// undo it.
  package var firstOutOfOrder: Int? {
    guard let labels = firstIndex(where: { type(of: $0).reads == .labels }) else { return nil }
    return indices.first { $0 > labels && type(of: self[$0]).reads > .labels }
  }

  /// Changes the probabilities of an image.
  package func refine(_ probabilities: inout ImageProbabilities) {
    for step in self { step.refine(&probabilities) }
  }

  /// Changes the predictions of the first images of a batch.
  package func apply(to predictions: PredictionMap, images: Int) {
    guard !isEmpty, let start = predictions.classes.baseAddress else { return }
    let (truth, size) = (predictions.truth, predictions.layout.shape.size)
    let count = truth.planes * size.area
    for image in 0..<images {
      let labels = [Label](UnsafeBufferPointer(start: start + image * count, count: count))
      let changed = applied(to: labels, size: size, truth)
      changed.withUnsafeBufferPointer { changed in
        guard let source = changed.baseAddress else { return }
        (start + image * count).update(from: source, count: count)
      }
    }
  }

  /// The predictions of an image, `[P, H, W]`, after all changes.
  package func applied(to labels: [Label], size: Size, _ truth: Truth) -> [Label] {
    guard !isEmpty else { return labels }
    var predictions = ImageLabels(
      labels: labels, size: size, hasPlanes: truth.form == .binaryPlanes)
    for step in self { step.apply(to: &predictions) }
    return predictions.labels
  }
}
