package import Datasets
package import Groundwork
package import Learning

/// What a task is: how its truth is read, how outputs of a network become predictions, and how these are
/// judged and drawn.
///
/// Letters: N batch, P planes, K classes, H height, W width.
package protocol SegmentationTask: Sendable {
  /// As a spec writes it.
  var name: String { get }
  /// One sentence: what a network learns.
  var about: String { get }
  /// How masks become the truth of a sample, and what of it is trained on.
  var reading: any TruthReading { get }

  /// How many channels the head `logits` has that a template must offer.
  func logitsChannels(classes: Int) -> Int
  /// True where a prediction follows from each logit by itself rather than from probabilities over the
  /// classes: these are averaged then where transformed images or patches are put together.
  var decodesSingleLogits: Bool { get }
  /// Writes predictions `[N, P, H, W]`, of as many planes as the truth has.
  ///
  /// - Parameter layout: how the logits lie.
  func decode(
    _ logits: UnsafePointer<Float>, _ layout: TensorLayout,
    into predictions: UnsafeMutablePointer<Label>, threads: Int)

  /// Counts the pixels of one image; both are `[P, H, W]`.
  func count(
    _ predictions: UnsafePointer<Label>, labels: UnsafePointer<Label>, area: Int,
    into confusion: inout ConfusionMatrix)
  /// How truth or predictions `[P, H, W]` colour an image.
  ///
  /// - Parameter area: H · W.
  func tint(_ labels: [Label], area: Int, _ palette: ClassPalette) -> LabelTint
}

extension SegmentationTask {
  /// One for each class.
  package func logitsChannels(classes: Int) -> Int { classes }

  package var decodesSingleLogits: Bool { false }

  /// As the matrix counts them.
  package func count(
    _ predictions: UnsafePointer<Label>, labels: UnsafePointer<Label>, area: Int,
    into confusion: inout ConfusionMatrix
  ) {
    confusion.add(predictions: predictions, labels: labels, area: area)
  }

  /// What is trained on and judged.
  package func truth(classes: Int) -> Truth { reading.truth(classes: classes) }

  /// Memory for predictions, as the task decodes them.
  package func predictions(logits layout: TensorLayout, truth: Truth, threads: Int) -> PredictionMap
  {
    PredictionMap(logits: layout, truth: truth, threads: threads) {
      self.decode($0, $1, into: $2, threads: $3)
    }
  }

  /// Counts a batch of predictions; `labels` is `[N, P, H, W]`.
  package func count(
    _ predictions: PredictionMap, labels: UnsafePointer<Label>,
    into confusion: inout ConfusionMatrix
  ) {
    guard let start = predictions.classes.baseAddress else { return }
    let shape = predictions.layout.shape
    let size = predictions.truth.planes * shape.area
    for image in 0..<shape.batch {
      count(
        start + image * size, labels: labels + image * size, area: shape.area, into: &confusion)
    }
  }
}
