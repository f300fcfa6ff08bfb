@testable import Groundwork
@testable import Learning
import Measurements
import Testing
@testable import Training

@Suite("Series of metrics")
struct MetricSeriesTests {
  private let metrics = Registry.metrics.members

  @Test("no two metrics have a name, a title or a name of classes in common")
  func distinct() {
    #expect(metrics.count == Registry.metrics.components.count)
    #expect(Set(metrics.map { $0.series.name }).count == metrics.count)
    #expect(Set(metrics.map { $0.title }).count == metrics.count)
    let judges = metrics.filter { $0.judgesClasses }
    #expect(Set(judges.map { $0.className }).count == judges.count)
  }

  @Test("a metric says the same of its values whole, by class and by image")
  func consistent() {
    for metric in metrics {
      let classes = metric.series(of: .classes(["sky", "car"]))
      let images = metric.series(ofWorst: 3)
      for series in [metric.series, classes, images] {
        #expect(series.unit == metric.unit && series.format == metric.format)
        #expect(series.higherIsBetter == metric.isHigherBetter)
        #expect(!series.title.isEmpty && series.about.hasSuffix("."))
      }
      #expect(classes.summary == metric.series.name && images.summary == metric.series.name)
      #expect(classes.elementName(1) == "validation.\(metric.className).car")
      #expect(metric.series.isPrincipal == metric.isStandard)
    }
  }

  @Test("distances are in pixels, ratios have no unit")
  func units() {
    let distances = metrics.filter { $0.unit == "pixels" }.map { $0.name }
    #expect(distances == ["hausdorff", "hausdorff_95", "average_surface_distance"])
    #expect(metrics.filter { $0.unit != "pixels" }.allSatisfy { $0.unit == "1" })
  }

  @Test("what is asked for stands in the place of the standard metric that it is")
  func settings() throws {
    var settings = EvaluationSettings()
    settings.metrics = [
      try Registry.metrics.metric("kappa"), try Registry.metrics.metric("mean_dice"),
    ]
    let standard = metrics.filter { $0.isStandard }.map { $0.name }
    let names = settings.allMetrics(for: .classes).map { type(of: $0).name }
    #expect(names == standard + ["kappa"])
  }

  @Test("values that follow from the counts are those that the images add up to")
  func derivation() throws {
    let bench = MetricBench(
      Size(height: 4, width: 6), classes: 4, predictions: SegmentationMetricsTests.prediction,
      labels: SegmentationMetricsTests.truth)
    var counts = ConfusionMatrix(classes: 4)
    counts.add(
      predictions: SegmentationMetricsTests.prediction, labels: SegmentationMetricsTests.truth,
      area: 24)
    for name in Registry.metrics.names {
      let metric = try Registry.metrics.metric(name)
      guard let derivation = metric.derivation(for: MetricContext(classes: 4)) else { continue }
      var measured = bench.measure(metric)
      measured.images = []
      #expect(sameBits(derivation(counts), measured), "\(name)")
    }
  }
}
