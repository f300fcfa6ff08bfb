import Engine
import Testing

@Suite("Segmentation metrics")
struct SegmentationMetricsTests {
  /// Two images; class 3 is predicted but never true.
  static let truth = [
    0, 0, 1, 1, 0, 2, 2, 1, 255, 2, 2, 0,
    1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 255, 255,
  ].ignoring255
  static let prediction: [Label] = [
    0, 0, 1, 1, 0, 2, 1, 1, 1, 2, 2, 0,
    1, 1, 0, 0, 1, 0, 0, 3, 0, 1, 2, 2,
  ]

  func metrics(classes: Int) -> SegmentationMetrics {
    var confusion = ConfusionMatrix(classes: classes)
    confusion.add(predictions: Self.prediction, labels: Self.truth, area: 24)
    return SegmentationMetrics(confusion)
  }

  func expectClose(_ values: [Double], _ references: [Double]) {
    #expect(values.count == references.count)
    for (value, reference) in zip(values, references) {
      #expect(value.isNaN == reference.isNaN)
      #expect(value.isNaN || abs(value - reference) < 1e-12)
    }
  }

  @Test("the classes' figures are those worked out by hand")
  func perClass() {
    let metrics = metrics(classes: 4)
    expectClose(metrics.classAccuracy, [8.0 / 10, 6.0 / 7, 3.0 / 4, .nan])
    expectClose(metrics.iou, [8.0 / 11, 6.0 / 9, 3.0 / 4, 0])
    expectClose(metrics.dice, [16.0 / 19, 12.0 / 15, 6.0 / 7, 0])
  }

  @Test("a class that is predicted but never true counts in the mean, one that is neither does not")
  func means() {
    for classes in [4, 5] {
      expectClose(
        metrics(classes: classes).seriesValues,
        [
          0.5359848484848485, 0.6248120300751879, 17.0 / 21, 0.8023809523809523, 0.7113997113997113,
        ])
    }
  }

  @Test("without a counted pixel every figure is NaN")
  func empty() {
    let metrics = SegmentationMetrics(ConfusionMatrix(classes: 3))
    #expect(metrics.seriesValues.allSatisfy { $0.isNaN })
    #expect(metrics.iou.allSatisfy { $0.isNaN })
  }

  @Test("the figures have the names of the metrics that they are")
  func names() throws {
    let metrics = metrics(classes: 4)
    #expect(
      SegmentationMetrics.seriesNames == [
        "mean_iou", "mean_dice", "pixel_accuracy", "mean_class_accuracy", "frequency_weighted_iou",
      ])
    let bench = MetricBench(
      Size(height: 4, width: 6), classes: 4, predictions: Self.prediction, labels: Self.truth)
    for (name, value) in zip(SegmentationMetrics.seriesNames, metrics.seriesValues) {
      #expect(bench.measure(try Registry.metrics.metric(name)).value == value)
    }
  }
}
