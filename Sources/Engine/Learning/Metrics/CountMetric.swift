internal import Groundwork

/// A metric that follows from how many pixels of each class were taken for which.
protocol CountMetric: Metric {
  /// `[K]`, or empty where the metric does not look at classes.
  func classes(of counts: ClassCounts) -> [Double]
  func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double
}

extension CountMetric {
  package static var fields: [FieldDeclaration] { [] }
  package static var reads: [TruthForm] { [.classes, .binaryPlanes, .instances] }

  func classes(of counts: ClassCounts) -> [Double] { [] }

  func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double {
    absentClasses.mean(classes(of: counts), of: counts)
  }

  package func makeAccumulator(for context: MetricContext) -> any MetricAccumulator {
    CountAccumulator(self, context)
  }

  package func derivation(
    for context: MetricContext
  ) -> ((ConfusionMatrix) -> MetricValues)? {
    { confusion in
      let counts = ClassCounts(confusion)
      return MetricValues(
        value: value(of: counts, context.absentClasses), classes: classes(of: counts))
    }
  }
}

private final class CountAccumulator: MetricAccumulator {
  private let metric: any CountMetric
  private let absentClasses: AbsentClasses
  private var confusion: ConfusionMatrix
  private var images: [Double] = []

  init(_ metric: any CountMetric, _ context: MetricContext) {
    self.metric = metric
    absentClasses = context.absentClasses
    confusion = ConfusionMatrix(context.truth)
  }

  func begin() {
    confusion = ConfusionMatrix(classes: confusion.classes, kind: confusion.kind)
    images.removeAll(keepingCapacity: true)
  }

  func add(_ batch: EvaluatedBatch) {
    for image in batch.confusions {
      confusion.merge(image)
      images.append(metric.value(of: ClassCounts(image), absentClasses))
    }
  }

  func values() -> MetricValues {
    let counts = ClassCounts(confusion)
    return MetricValues(
      value: metric.value(of: counts, absentClasses), classes: metric.classes(of: counts),
      images: images)
  }
}
