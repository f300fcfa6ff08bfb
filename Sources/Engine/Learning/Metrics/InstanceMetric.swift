internal import Groundwork

/// A metric of objects that are told apart: it follows from which pixels they share with true ones.
protocol InstanceMetric: Metric {
  /// - Parameters:
  ///   - images: in the order of the data set.
  ///   - classes: K; the first is the background, which has no objects.
  func values(of images: [InstanceOverlaps], classes: Int) -> MetricValues
}

extension InstanceMetric {
  package static var reads: [TruthForm] { [.instances] }

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    InstanceAccumulator(self, classes: context.classes)
  }

  /// The values of classes, and their mean; the background has none.
  func mean(ofClasses classes: Int, _ value: (Int) -> Double) -> MetricValues {
    let values = (0..<classes).map { $0 == 0 ? Double.nan : value($0) }
    return MetricValues(value: values.meanOfNumbers, classes: values)
  }

  /// The values of images, and their mean.
  func mean(of images: [InstanceOverlaps], _ value: (InstanceOverlaps) -> Double) -> MetricValues {
    let values = images.map(value)
    return MetricValues(value: values.meanOfNumbers, images: values)
  }
}

private final class InstanceAccumulator: MetricAccumulator {
  private let metric: any InstanceMetric
  private let classes: Int
  private var images: [InstanceOverlaps] = []

  init(_ metric: any InstanceMetric, classes: Int) {
    (self.metric, self.classes) = (metric, classes)
  }

  func begin() { images.removeAll(keepingCapacity: true) }
  func add(_ batch: EvaluatedBatch) { images += batch.instances }
  func values() -> MetricValues { metric.values(of: images, classes: classes) }
}
