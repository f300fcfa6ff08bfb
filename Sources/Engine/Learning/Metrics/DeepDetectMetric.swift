internal import CKernels
internal import Groundwork

/// DeepDetect's measures of a segmentation: means over images, in which ignored pixels count as
/// errors. Classes that never occur are left out; where an image lacks a class, predicting it there
/// costs nothing.
protocol DeepDetectMetric: Metric {
  func values(of images: DeepDetectImages) -> MetricValues
}

extension DeepDetectMetric {
  package static var fields: [FieldDeclaration] { [] }

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    DeepDetectAccumulator(self, classes: context.classes)
  }
}

/// Sums over images. Letters: K classes.
package struct DeepDetectImages {
  /// The share of each image's pixels that are right.
  var accuracies: [Double] = []
  /// `[K]`: images with the class.
  var occurrences: [Double]
  /// `[K]`: over these images, of the share of the class that is found.
  var recalls: [Double]
  /// `[K]`: over these images, of the intersection over union.
  package var overlaps: [Double]

  init(classes: Int) {
    occurrences = Array(repeating: 0, count: classes)
    (recalls, overlaps) = (occurrences, occurrences)
  }

  /// Sums by class as means over the images with the class; the mean of these over the classes that
  /// occur. `[K]`: 0 for a class that does not.
  package func mean(_ sums: [Double]) -> MetricValues {
    let classes = zip(sums, occurrences).map { $1 > 0 ? $0 / $1 : $0 }
    let present = Double(occurrences.count { $0 > 0 })
    let total = zip(classes, occurrences).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
    return MetricValues(value: total / present, classes: classes)
  }
}

private final class DeepDetectAccumulator: MetricAccumulator {
  private let metric: any DeepDetectMetric
  private let classes: Int
  private var sums: DeepDetectImages
  private var images: [Double] = []

  init(_ metric: any DeepDetectMetric, classes: Int) {
    self.metric = metric
    self.classes = classes
    sums = DeepDetectImages(classes: classes)
  }

  func begin() {
    sums = DeepDetectImages(classes: classes)
    images.removeAll(keepingCapacity: true)
  }

  func add(_ batch: EvaluatedBatch) {
    for (image, confusion) in batch.confusions.enumerated() {
      let place = image * batch.area
      var ignored = [UInt64](repeating: 0, count: classes)
      ck_ignored_predictions(
        batch.labels + place, batch.predictions + place, batch.area, &ignored)
      let counts = ClassCounts(confusion)
      var own = DeepDetectImages(classes: classes)
      own.add(counts, ignored: ignored, area: batch.area)
      sums.add(counts, ignored: ignored, area: batch.area)
      images.append(metric.values(of: own).value)
    }
  }

  func values() -> MetricValues {
    var found = metric.values(of: sums)
    found.images = images
    return found
  }
}

extension DeepDetectImages {
  /// - Parameter ignored: `[K]`, how often each class is predicted at ignored pixels.
  fileprivate mutating func add(_ counts: ClassCounts, ignored: [UInt64], area: Int) {
    accuracies.append(counts.hits.reduce(0, +) / Double(area))
    for label in occurrences.indices where counts.truth[label] > 0 {
      let hits = counts.hits[label]
      let union = counts.truth[label] + counts.prediction[label] + Double(ignored[label]) - hits
      occurrences[label] += 1
      recalls[label] += hits / counts.truth[label]
      overlaps[label] += hits / union
    }
  }
}
