@testable import Datasets
@testable import Groundwork
@testable import Learning
import Measurements
import Testing
@testable import Training

@Suite("Standard metrics")
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

  static let standard = [
    "mean_iou", "mean_dice", "pixel_accuracy", "mean_class_accuracy", "frequency_weighted_iou",
  ]

  /// What an evaluation measures that is asked for nothing.
  func metrics(classes: Int, isEmpty: Bool = false) -> [Measurement] {
    var confusion = ConfusionMatrix(classes: classes)
    if !isEmpty { confusion.add(predictions: Self.prediction, labels: Self.truth, area: 24) }
    let accumulators = MetricAccumulators(
      EvaluationSettings(), classNames: (0..<classes).map { "\($0)" }, threads: 1)
    accumulators.begin()
    return accumulators.measurements(confusion, images: [])
  }

  func values(_ measurements: [Measurement], _ name: String) -> [Double] {
    measurements[name].map { found in (0..<found.series.count).map { found.values[$0] } } ?? []
  }

  func scalars(_ measurements: [Measurement]) -> [Double] {
    Self.standard.flatMap { values(measurements, "validation.\($0)") }
  }

  func expectClose(_ values: [Double], _ references: [Double]) {
    #expect(values.count == references.count)
    for (value, reference) in zip(values, references) {
      #expect(value.isNaN == reference.isNaN)
      #expect(value.isNaN || abs(value - reference) < 1e-12)
    }
  }

  @Test("the classes' values are those worked out by hand")
  func perClass() {
    let metrics = metrics(classes: 4)
    expectClose(values(metrics, "validation.class.accuracy"), [8.0 / 10, 6.0 / 7, 3.0 / 4, .nan])
    expectClose(values(metrics, "validation.class.iou"), [8.0 / 11, 6.0 / 9, 3.0 / 4, 0])
    expectClose(values(metrics, "validation.class.dice"), [16.0 / 19, 12.0 / 15, 6.0 / 7, 0])
  }

  @Test("a class that is predicted but never true counts in the mean, one that is neither does not")
  func means() {
    for classes in [4, 5] {
      expectClose(
        scalars(metrics(classes: classes)),
        [
          0.5359848484848485, 0.6248120300751879, 17.0 / 21, 0.8023809523809523, 0.7113997113997113,
        ])
    }
  }

  @Test("without a counted pixel every value is NaN")
  func empty() {
    let metrics = metrics(classes: 3, isEmpty: true)
    #expect(scalars(metrics).count == 5 && scalars(metrics).allSatisfy { $0.isNaN })
    #expect(values(metrics, "validation.class.iou").allSatisfy { $0.isNaN })
  }

  @Test("the values have the names of the metrics that they are")
  func names() throws {
    let metrics = metrics(classes: 4)
    #expect(
      metrics.filter(\.series.isScalar).map(\.series.name)
        == Self.standard.map { "validation.\($0)" })
    let bench = MetricBench(
      Size(height: 4, width: 6), classes: 4, predictions: Self.prediction, labels: Self.truth)
    for (name, value) in zip(Self.standard, scalars(metrics)) {
      #expect(bench.measure(try Registry.metrics.metric(name)).value == value)
    }
  }
}
