package import Groundwork

/// The mean, over classes and over thresholds of the IoU, of the average precision of objects
/// (Everingham et al. 2010; Lin et al. 2014, there over instances).
///
/// An object is a set of 8-connected pixels of one class, its score the mean probability of the class
/// in it. The predicted objects, the highest score first, each take the true object of their class
/// and image that they overlap most of those that are left, where the IoU reaches the threshold.
/// Classes without a true object are left out.
package struct AveragePrecision: Metric {
  package static let name = "average_precision"
  package static let title = "average precision"
  package static let looksAtNeighbors = true
  package static let otherNames = ["ap"]
  package static let about = "Mean average precision of connected objects over thresholds of IoU."
  package static let definition =
    "Objects of all images are ranked together, of each class by itself; a class without "
    + "a true object has no value. With interpolation dsb it is the score of the Data "
    + "Science Bowl 2018: of each image by itself, TP / (TP + FP + FN) averaged over the "
    + "thresholds, then over the classes that the image has in truth or prediction, then "
    + "over the images; an image with neither is left out."
  package static let fields = [
    thresholds.declaration, interpolation.declaration, minimumArea.declaration,
    includeBackground.declaration,
  ]
  package static let example = "evaluation: {metrics: [{average_precision: {thresholds: [0.5]}}]}"
  package static let judgesImages = false

  static let thresholds = Field.numbersOrName(
    "thresholds", default: .name("coco"), Bounds(0...1), oneOf: ["coco"],
    "Of the IoU from which on objects match; coco is 0.50, 0.55, … 0.95.")
  package static let interpolation = Field.name(
    "interpolation", default: PrecisionRecallCurve.Interpolation.allPoint.rawValue,
    oneOf: PrecisionRecallCurve.Interpolation.allCases.map(\.rawValue),
    "The area under the curve: exact, or the mean at 11 or 101 recalls; dsb is the score of the Data "
      + "Science Bowl 2018, of each image and averaged over the images.")
  static let minimumArea = Field.integer(
    "min_area", default: 1, 1...1_000_000_000, unit: "pixels",
    "Smaller objects count neither as true nor as predicted.")
  static let includeBackground = Field.boolean(
    "include_background", default: false, "Whether class 0 has objects.")

  let thresholds: [Double]
  package let interpolation: PrecisionRecallCurve.Interpolation
  let minimumArea: Int
  let firstLabel: Int

  package init(_ values: FieldValues) throws(ComponentError) {
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

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    ObjectAccumulator(self, classes: context.classes)
  }
}

private final class ObjectAccumulator: MetricAccumulator {
  private let metric: AveragePrecision
  private let classes: Int
  /// The objects of each class, in all images.
  private var objects: [ClassObjects]
  /// The scores of single images, where every image has its own score.
  private var scores: ImageScores

  init(_ metric: AveragePrecision, classes: Int) {
    self.metric = metric
    self.classes = classes
    objects = Array(repeating: ClassObjects(), count: classes)
    scores = ImageScores(classes: classes)
  }

  func begin() {
    objects = Array(repeating: ClassObjects(), count: classes)
    scores = ImageScores(classes: classes)
  }

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
      guard metric.interpolation == .dsb else {
        image.add(to: &objects)
        continue
      }
      var own = Array(repeating: ClassObjects(), count: classes)
      image.add(to: &own)
      self.scores.add(own.map { $0.score(thresholds: metric.thresholds) })
    }
  }

  func values() -> MetricValues {
    if metric.interpolation == .dsb { return scores.values }
    let classes = objects.map { objects in
      objects.truths == 0
        ? Double.nan
        : objects.curves(thresholds: metric.thresholds)
          .map { $0.average(metric.interpolation) }.meanOfNumbers
    }
    return MetricValues(value: classes.meanOfNumbers, classes: classes)
  }
}

extension ObjectMatches {
  fileprivate func add(to objects: inout [ClassObjects]) {
    // The place of each true object of the image among those of its class.
    let places = truths.map { objects[Int($0)].addTruth() }
    for prediction in predictions {
      objects[Int(prediction.label)].add(
        score: prediction.score,
        overlaps: prediction.overlaps.map { (places[$0.truth], $0.iou) })
    }
  }
}

/// Scores of single images, averaged over them.
private struct ImageScores {
  private var sum = 0.0
  private var images = 0
  /// `[K]`: over the images that have the class.
  private var sums: [Double]
  private var counts: [Int]

  init(classes: Int) {
    sums = Array(repeating: 0, count: classes)
    counts = Array(repeating: 0, count: classes)
  }

  /// - Parameter classes: `[K]`, `nil` for a class that the image has neither in truth nor in
  ///   prediction.
  mutating func add(_ classes: [Double?]) {
    let scores = classes.compactMap(\.self)
    guard !scores.isEmpty else { return }
    sum += scores.reduce(0, +) / Double(scores.count)
    images += 1
    for (label, score) in classes.enumerated() {
      guard let score else { continue }
      sums[label] += score
      counts[label] += 1
    }
  }

  var values: MetricValues {
    MetricValues(
      value: sum / Double(images), classes: zip(sums, counts).map { $0 / Double($1) })
  }
}

/// The objects of one class, in one image or in all.
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

  /// TP / (TP + FP + FN), the mean over the thresholds, which an IoU must exceed: the score of an
  /// image in the Data Science Bowl 2018. `nil` without any object.
  func score(thresholds: [Double]) -> Double? {
    guard truths + predictions.count > 0 else { return nil }
    return curves(thresholds: thresholds.map(\.nextUp)).map { $0.average(.dsb) }.meanOfNumbers
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

  /// The indices of the predictions, the highest score first. Equal scores keep their order, and
  /// scores that are not a number come last.
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
