/// The mean, over classes and over thresholds of the IoU, of the average precision of objects
/// (Everingham et al. 2010; Lin et al. 2014, there over instances).
///
/// An object is a set of 8-connected pixels of one class, its score the mean probability of the class
/// in it. The predicted objects, the highest score first, each take the true object of their class
/// and image that they overlap most of those that are left, where the IoU reaches the threshold.
/// Classes without a true object are left out.
public struct AveragePrecision: Metric {
  public static let name = "average_precision"
  public static let otherNames = ["ap"]
  public static let about = "Mean average precision of connected objects over thresholds of IoU."
  public static let fields = [
    thresholds.declaration, interpolation.declaration, minimumArea.declaration,
    includeBackground.declaration,
  ]
  public static let example = "evaluation: {metrics: [{average_precision: {thresholds: [0.5]}}]}"
  public static let judgesImages = false

  static let thresholds = Field.numbersOrName(
    "thresholds", default: .name("coco"), Bounds(0...1), oneOf: ["coco"],
    "Of the IoU from which on objects match; coco is 0.50, 0.55, … 0.95.")
  static let interpolation = Field.name(
    "interpolation", default: PrecisionRecallCurve.Interpolation.allPoint.rawValue,
    oneOf: PrecisionRecallCurve.Interpolation.allCases.map(\.rawValue),
    "The area under the curve: exact, the mean at 11 or 101 recalls, or of its end alone.")
  static let minimumArea = Field.integer(
    "min_area", default: 1, 1...1_000_000_000, unit: "pixels",
    "Smaller objects count neither as true nor as predicted.")
  static let includeBackground = Field.boolean(
    "include_background", default: false, "Whether class 0 has objects.")

  let thresholds: [Double]
  let interpolation: PrecisionRecallCurve.Interpolation
  let minimumArea: Int
  let firstLabel: Int

  public init(_ values: FieldValues) throws(ComponentError) {
    if case .numbers(let numbers) = values[Self.thresholds] {
      guard !numbers.isEmpty else {
        throw ComponentError(field: "thresholds", "there must be at least one")
      }
      thresholds = numbers
    } else {
      thresholds = (10...19).map { Double($0) / 20 }
    }
    guard
      let interpolation = PrecisionRecallCurve.Interpolation(rawValue: values[Self.interpolation])
    else { throw ComponentError(field: "interpolation", "there is no such one") }
    self.interpolation = interpolation
    minimumArea = values[Self.minimumArea]
    firstLabel = values[Self.includeBackground] ? 0 : 1
  }

  public func makeMeter(for context: MetricContext) -> any MetricMeter {
    ObjectMeter(self, classes: context.classes)
  }
}

private final class ObjectMeter: MetricMeter {
  private let metric: AveragePrecision
  private var objects: [ClassObjects]

  init(_ metric: AveragePrecision, classes: Int) {
    self.metric = metric
    objects = Array(repeating: ClassObjects(), count: classes)
  }

  func begin() { objects = Array(repeating: ClassObjects(), count: objects.count) }

  func add(_ batch: EvaluatedBatch) {
    let (predictions, scores) = (batch.maskedPredictions, batch.probabilities.confidences)
    let size = Size(height: batch.shape.height, width: batch.shape.width)
    var matches = [ObjectMatches?](repeating: nil, count: batch.images)
    matches.withUnsafeMutableBufferPointer { matches in
      parallel(threads: batch.memory.threads, units: batch.images) { index, _ in
        let place = index * batch.area
        let image = ObjectMatches.Image(
          predictions: predictions + place, labels: batch.labels + place, scores: scores + place,
          size: size)
        matches[index] = ObjectMatches(
          image, first: metric.firstLabel, minimumArea: metric.minimumArea,
          minimumIoU: metric.thresholds.min() ?? 0)
      }
    }
    for case let image? in matches {
      // Of the image's true objects, their places among those of their class.
      let places = image.truths.map { objects[Int($0)].addTruth() }
      for prediction in image.predictions {
        objects[Int(prediction.label)].add(
          score: prediction.score,
          overlaps: prediction.overlaps.map { (places[$0.truth], $0.iou) })
      }
    }
  }

  func figures() -> MetricFigures {
    let classes = objects.map { objects in
      objects.truths == 0
        ? Double.nan
        : objects.curves(thresholds: metric.thresholds)
          .map { $0.average(metric.interpolation) }.meanOfNumbers
    }
    return MetricFigures(value: classes.meanOfNumbers, classes: classes)
  }
}

/// The objects of one class in all images.
struct ClassObjects {
  private(set) var truths = 0
  private var predictions: [(score: Double, overlaps: [(truth: Int, iou: Double)])] = []

  /// - Returns: its place among the true ones.
  mutating func addTruth() -> Int {
    truths += 1
    return truths - 1
  }

  mutating func add(score: Double, overlaps: [(truth: Int, iou: Double)]) {
    predictions.append((score, overlaps))
  }

  func curves(thresholds: [Double]) -> [PrecisionRecallCurve] {
    let order = surestFirst
    return thresholds.map { threshold in
      var isTaken = Array(repeating: false, count: truths)
      let isHit = order.map { index in
        var best: (truth: Int, iou: Double)?
        for overlap in predictions[index].overlaps
        where overlap.iou >= threshold && !isTaken[overlap.truth] && overlap.iou > best?.iou ?? -1 {
          best = overlap
        }
        if let best { isTaken[best.truth] = true }
        return best != nil
      }
      return PrecisionRecallCurve(isHit: isHit, truths: truths)
    }
  }

  /// Of equal scores the first comes first; one that is not a number comes last.
  private var surestFirst: [Int] {
    predictions.indices.sorted { left, right in
      let (first, second) = (predictions[left].score, predictions[right].score)
      if first.isNaN || second.isNaN || first == second {
        return first.isNaN == second.isNaN ? left < right : second.isNaN
      }
      return first > second
    }
  }
}
