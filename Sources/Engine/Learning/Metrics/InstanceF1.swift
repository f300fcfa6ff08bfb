package import Groundwork

/// Objects that were found, missed and made up at a threshold of the IoU.
private struct ObjectCounts {
  var hits = 0.0
  var misses = 0.0
  var inventions = 0.0

  /// - Parameter classID: `nil` for all classes.
  mutating func add(_ image: InstanceOverlaps, threshold: Double, classID: Int? = nil) {
    func counts(_ other: Int) -> Bool { classID == nil || classID == other }
    let pairs = image.pairs(above: threshold).filter { counts(image.truths[$0.truth].classID) }
    let paired = Set(pairs.map(\.prediction))
    hits += Double(pairs.count)
    misses += Double(image.truths.count { counts($0.classID) } - pairs.count)
    inventions += Double(
      image.predictions.indices.count {
        counts(image.predictions[$0].classID) && !paired.contains($0)
          && !image.predictions[$0].isIgnored
      })
  }

  var f1: Double { 2 * hits / (2 * hits + misses + inventions) }
  /// TP / (TP + FP + FN)
  var threatScore: Double { hits / (hits + misses + inventions) }
}

/// 2 TP / (2 TP + FP + FN) of objects, over all images at once.
package struct InstanceF1: InstanceMetric {
  package static let name = "instance_f1"
  package static let title = "F1 of objects"
  package static let about = "F1 of objects whose IoU is above a threshold."
  package static let definition =
    "A class that has no object in truth and prediction is left out. Ignored pixels count for nothing, and a "
    + "prediction most of which they are is left out."
  package static let fields = [threshold.declaration]
  package static let example = "evaluation: {metrics: [{instance_f1: {threshold: 0.7}}]}"
  package static let judgesImages = false

  private static let threshold = Field<Double>.number(
    "threshold", default: 0.5, Bounds(0.5...1), "The IoU that an object must exceed to be found.")
  private let threshold: Double

  package init(_ values: FieldValues) { threshold = values[Self.threshold] }

  func values(of images: [InstanceOverlaps], classes: Int) -> MetricValues {
    mean(ofClasses: classes) { classID in
      var counts = ObjectCounts()
      for image in images { counts.add(image, threshold: threshold, classID: classID) }
      return counts.f1
    }
  }
}

/// The score of the Data Science Bowl 2018 (Caicedo et al., Nature Methods 2019): in each image
/// TP / (TP + FP + FN), the mean over ten thresholds of the IoU from 0.50 to 0.95, then over the images.
package struct DataScienceBowlScore: InstanceMetric {
  package static let name = "dsb_score"
  package static let title = "DSB score"
  package static let about = "Score of the Data Science Bowl 2018, the mean over images."
  package static let definition =
    "An image without an object in truth and prediction is left out. IoU must exceed a threshold."
  package static let fields: [FieldDeclaration] = []
  package static let example = "evaluation: {metrics: [dsb_score]}"
  package static let judgesClasses = false

  package init(_ values: FieldValues) {}

  func values(of images: [InstanceOverlaps], classes: Int) -> MetricValues {
    mean(of: images) { image in
      let scores = (0..<10).map { step in
        var counts = ObjectCounts()
        counts.add(image, threshold: 0.5 + Double(step) * 0.05)
        return counts.threatScore
      }
      return scores.reduce(0, +) / Double(scores.count)
    }
  }
}
