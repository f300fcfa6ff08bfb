internal import Groundwork

/// Gathers a value of every class in every image. The value of a class is its mean over the images that
/// have one, the value of an image and that of the set are means over the classes that have one.
final class ImageClassAccumulator: MetricAccumulator {
  /// The value of a class in an image of a batch; `nil` where it has none.
  typealias Values = (_ image: Int, _ label: Int) -> Double?

  private let labels: Range<Int>
  private let measure: (EvaluatedBatch) -> Values
  /// `[K]`: the sum of the values of images, and how many values there are.
  private var sums: [Double]
  private var counts: [Int]
  private var images: [Double] = []

  init(
    _ context: MetricContext, includesBackground: Bool,
    measure: @escaping (EvaluatedBatch) -> Values
  ) {
    labels = (includesBackground ? 0 : 1)..<context.classes
    self.measure = measure
    sums = Array(repeating: 0, count: context.classes)
    counts = Array(repeating: 0, count: context.classes)
  }

  func begin() {
    for label in sums.indices { (sums[label], counts[label]) = (0, 0) }
    images.removeAll(keepingCapacity: true)
  }

  func add(_ batch: EvaluatedBatch) {
    let value = measure(batch)
    for image in 0..<batch.images {
      var values: [Double] = []
      for label in labels {
        guard let value = value(image, label) else { continue }
        sums[label] += value
        counts[label] += 1
        values.append(value)
      }
      images.append(values.meanOfNumbers)
    }
  }

  func values() -> MetricValues {
    let classes = zip(sums, counts).map { $0 / Double($1) }
    return MetricValues(value: classes.meanOfNumbers, classes: classes, images: images)
  }
}
