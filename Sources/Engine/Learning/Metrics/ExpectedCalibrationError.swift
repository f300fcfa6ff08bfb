internal import CKernels
package import Groundwork

/// How far the probability of the most probable class is from the share of pixels that are right,
/// Σ (n_b / n) · |accuracy_b − confidence_b| over bins of equal width of the probability (Naeini,
/// Cooper & Hauskrecht, AAAI 2015; Guo et al., ICML 2017).
package struct ExpectedCalibrationError: Metric {
  package static let name = "expected_calibration_error"
  package static let title = "calibration error"
  package static let otherNames = ["ece"]
  package static let about = "How far probabilities are from how often the predictions are right."
  package static let definition =
    "Over all labelled pixels; a bin without pixels weighs nothing. Without a labelled "
    + "pixel there is no value."
  package static let fields = [bins.declaration]
  package static let example = "evaluation: {metrics: [{expected_calibration_error: {bins: 15}}]}"
  package static let judgesClasses = false
  package static let isHigherBetter = false

  static let bins = Field.integer("bins", default: 15, 1...1000, "Into how many they are sorted.")

  private let bins: Int

  package init(_ values: FieldValues) { bins = values[Self.bins] }

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    CalibrationAccumulator(bins: bins)
  }
}

private final class CalibrationAccumulator: MetricAccumulator {
  private var whole: CalibrationBins
  private var images: [Double] = []

  init(bins: Int) { whole = CalibrationBins(bins: bins) }

  func begin() {
    whole = CalibrationBins(bins: whole.counts.count)
    images.removeAll(keepingCapacity: true)
  }

  func add(_ batch: EvaluatedBatch) {
    let confidences = batch.probabilities.confidences
    let empty = CalibrationBins(bins: whole.counts.count)
    var bins = Array(repeating: empty, count: batch.images)
    bins.withUnsafeMutableBufferPointer { bins in
      parallel(threads: batch.memory.threads, units: batch.images) { image, _ in
        let place = image * batch.area
        bins[image].add(
          confidences + place, batch.labels + place, batch.predictions + place, batch.area)
      }
    }
    for image in bins {
      whole.merge(image)
      images.append(image.error)
    }
  }

  func values() -> MetricValues { MetricValues(value: whole.error, images: images) }
}

/// Pixels by the probability of their prediction; integers, so that the order of pixels is nothing.
private struct CalibrationBins {
  var counts: [UInt64]
  private var hits: [UInt64]
  /// The sum of the probabilities in each bin, in units of 2⁻³⁰.
  private var sums: [UInt64]
  /// Pixels whose probability is not a number.
  private var strays = 0

  init(bins: Int) {
    counts = Array(repeating: 0, count: bins)
    (hits, sums) = (counts, counts)
  }

  mutating func add(
    _ confidences: UnsafePointer<Float>, _ labels: UnsafePointer<Label>,
    _ predictions: UnsafePointer<Label>, _ count: Int
  ) {
    strays += ck_calibration(
      confidences, labels, predictions, count, Int32(counts.count), &counts, &hits, &sums)
  }

  mutating func merge(_ other: CalibrationBins) {
    for bin in counts.indices {
      counts[bin] += other.counts[bin]
      hits[bin] += other.hits[bin]
      sums[bin] += other.sums[bin]
    }
    strays += other.strays
  }

  /// NaN without pixels, or where a probability is not a number.
  var error: Double {
    guard strays == 0 else { return .nan }
    let unit = 1 / Double(1 << 30)
    let gaps = zip(hits, sums).reduce(0) { $0 + abs(Double($1.0) - Double($1.1) * unit) }
    return gaps / Double(counts.reduce(0, +))
  }
}
