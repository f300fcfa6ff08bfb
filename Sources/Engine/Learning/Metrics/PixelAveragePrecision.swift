internal import CKernels
package import Groundwork

/// The mean over classes of the average precision of pixels, each class against the rest:
/// Σ (R_n − R_{n−1}) · P_n over the probabilities from the highest down (scikit-learn's form).
///
/// Probabilities count in steps of 1/4096, those of one step as equal, so that the memory it takes
/// does not grow with the data. Classes that do not occur are left out.
package struct PixelAveragePrecision: Metric {
  package static let name = "pixel_average_precision"
  package static let title = "pixel average precision"
  package static let otherNames = ["pixel_ap"]
  package static let about = "Mean over the classes of the average precision of their pixels."
  package static let definition =
    "A class that does not occur has no value and is left out of the mean. Probabilities "
    + "count in steps of 1/4096."
  package static let fields: [FieldDeclaration] = []
  package static let example = "evaluation: {metrics: [pixel_average_precision]}"
  package static let judgesImages = false

  package init(_ values: FieldValues) {}

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    HistogramAccumulator(context)
  }
}

private final class HistogramAccumulator: MetricAccumulator {
  private static let bins = 4096
  private let classes: Int
  private let threads: Int32
  /// `[K, 2, bins]`: pixels of other classes, then those of the class, by its probability.
  private let counts: LossScratch<UInt64>
  /// The same for each thread.
  private let scratch: LossScratch<UInt64>
  /// Pixels with a logit that is not a number.
  private var strays = 0

  init(_ context: MetricContext) {
    classes = context.classes
    threads = Int32(context.threads)
    let size = 2 * context.classes * Self.bins
    counts = LossScratch(repeating: 0, count: size)
    scratch = LossScratch(repeating: 0, count: size * context.threads)
  }

  func begin() {
    counts.pointer.update(repeating: 0, count: counts.count)
    strays = 0
  }

  func add(_ batch: EvaluatedBatch) {
    strays += ck_probability_histograms(
      batch.memory.layout.kernel, Int32(batch.images), batch.logits, batch.labels,
      Int32(Self.bins), counts.pointer, scratch.pointer, threads)
  }

  func values() -> MetricValues {
    let values = (0..<classes).map { strays == 0 ? averagePrecision(of: $0) : .nan }
    return MetricValues(value: values.meanOfNumbers, classes: values)
  }

  /// NaN where the class does not occur.
  private func averagePrecision(of label: Int) -> Double {
    let others = counts.pointer + 2 * label * Self.bins
    let own = others + Self.bins
    let truths = (0..<Self.bins).reduce(0.0) { $0 + Double(own[$1]) }
    var (hits, all, sum) = (0.0, 0.0, 0.0)
    for bin in (0..<Self.bins).reversed() {
      hits += Double(own[bin])
      all += Double(own[bin] + others[bin])
      if own[bin] > 0 { sum += Double(own[bin]) * hits / all }
    }
    return sum / truths
  }
}
