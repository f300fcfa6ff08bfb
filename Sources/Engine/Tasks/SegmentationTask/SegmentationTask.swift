package import Datasets
package import Groundwork
package import Learning

/// What a task is: how its truth is read, how outputs of a network become predictions, and how these are
/// judged and drawn.
///
/// Letters: N batch, P planes, K classes, H height, W width.
package protocol SegmentationTask: Component {
  /// The names of the fields that change what is made of a network's outputs and not what it learns, so that
  /// they may be set anew for a trained network.
  static var fieldsOfPredictions: [String] { get }
  /// How masks become the truth of a sample, and what of it is trained on.
  var reading: any TruthReading { get }

  /// - Throws: ``ComponentError`` where the settings do not fit these classes.
  func check(classes: [String]) throws(ComponentError)
  /// How many channels the head `logits` has that a template must offer.
  func logitsChannels(classes: Int) -> Int
  /// True where a prediction follows from each logit by itself rather than from probabilities over the
  /// classes: these are averaged then where transformed images or patches are put together.
  var decodesSingleLogits: Bool { get }
  /// True where what is predicted of a pixel follows from others too, so that an image is decoded whole: from
  /// logits whose softmax are probabilities, or from single logits in the size that the network sees.
  var decodesWholeImages: Bool { get }
  /// True where what a network says of a pixel is the same in an image that is mirrored, turned or resized, so
  /// that it can be averaged over these.
  var allowsTestTimeAugmentation: Bool { get }
  /// True where a network finds objects itself and draws them, so that predictions of patches or of several
  /// networks cannot be averaged.
  var findsObjects: Bool { get }
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
  /// The planes whose differences between neighbours are drawn as lines, of truth or predictions `[P, H, W]`.
  func outlined(_ labels: [Label], area: Int) -> [Label]
  /// `[H, W]`: where predictions are not the truth, both `[P, H, W]`. Ignored pixels are not wrong.
  func isWrong(_ predicted: [Label], against truth: [Label], area: Int) -> [Bool]

  /// The objects of a prediction `[P, H, W]`, with polygons where these are asked for.
  func objects(in labels: [Label], size: Size, isOutlined: Bool) -> [ImageObject]
  /// The planes of a prediction that say which classes pixels are of.
  func classLabels(_ labels: [Label], area: Int) -> [Label]
  /// `[H, W]`: the ids of the objects of a prediction; `nil` where objects are not told apart.
  func objectIDs(_ labels: [Label], area: Int) -> [Label]?
}

extension SegmentationTask {
  /// One for each class.
  package func logitsChannels(classes: Int) -> Int { classes }

  package var decodesSingleLogits: Bool { false }
  package var decodesWholeImages: Bool { false }
  package var allowsTestTimeAugmentation: Bool { true }
  /// True where the channels are numbers of several kinds, of which not all are probabilities.
  package var decodesNumbers: Bool { decodesWholeImages && decodesSingleLogits }
  package var findsObjects: Bool { false }

  package static var fieldsOfPredictions: [String] { [] }

  package var name: String { Self.name }
  package var about: String { Self.about }

  package func check(classes: [String]) throws(ComponentError) {}

  /// All of them.
  package func outlined(_ labels: [Label], area: Int) -> [Label] { labels }

  /// Where a plane differs.
  package func isWrong(_ predicted: [Label], against truth: [Label], area: Int) -> [Bool] {
    (0..<area).map { pixel in
      stride(from: pixel, to: truth.count, by: area).contains {
        truth[$0] != Labels.ignoreIndex && truth[$0] != predicted[$0]
      }
    }
  }

  /// Sets of 8-connected pixels of one class.
  package func objects(in labels: [Label], size: Size, isOutlined: Bool) -> [ImageObject] {
    ImageObject.all(
      in: labels, size: size, hasPlanes: reading.form == .binaryPlanes, isOutlined: isOutlined)
  }

  package func classLabels(_ labels: [Label], area: Int) -> [Label] { labels }
  package func objectIDs(_ labels: [Label], area: Int) -> [Label]? { nil }

  /// - Throws: ``ComponentError`` where a template finds objects and the task has another use for its outputs,
  ///   or reads points and the task has images, or the other way around.
  package func check(
    template: String, findsObjects: Bool, readsPoints: Bool
  ) throws(ComponentError) {
    guard readsPoints == reading.samplesArePoints else {
      throw ComponentError(
        readsPoints
          ? "\(template) reads points: use task: points"
          : "\(template) reads images: use a template of points, such as pointnet")
    }
    guard findsObjects != self.findsObjects else { return }
    throw ComponentError(
      findsObjects
        ? "\(template) finds objects itself: use task: {instances: {decode: detections}}"
        : "\(template) finds no objects itself: use a template that does, such as mask_rcnn, or "
          + "decode: watershed")
  }

  /// As the matrix counts them.
  package func count(
    _ predictions: UnsafePointer<Label>, labels: UnsafePointer<Label>, area: Int,
    into confusion: inout ConfusionMatrix
  ) {
    confusion.add(predictions: predictions, labels: labels, area: area)
  }

  /// What predictions are judged by.
  package func truth(classes: Int) -> Truth { reading.truth(classes: classes) }

  /// The counts of the labels that are trained on, as far as they are those of classes: nothing is counted of
  /// labels that are derived from objects.
  package func trainedStatistics(_ classes: ClassStatistics) -> ClassStatistics {
    let names =
      classes.names.isEmpty ? classes.pixels.indices.map { "\($0)" } : classes.names
    guard let target = reading.target(classes: names) else { return classes }
    let nothing = Array(repeating: UInt64(0), count: target.names.count)
    return ClassStatistics(pixels: nothing, pixelsOfImagesWithClass: nothing, names: target.names)
  }

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
