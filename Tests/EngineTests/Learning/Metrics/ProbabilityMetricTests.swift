@testable import Groundwork
import Testing

@Suite("Metrics of probabilities")
struct ProbabilityMetricTests {
  @Test(
    "a logit that is not a number leaves no value",
    arguments: ["mcll", "expected_calibration_error", "pixel_average_precision"],
    [Float.nan, .infinity])
  func notANumber(name: String, bad: Float) throws {
    var bench = MetricBench()
    let pixel = try #require(bench.labels.firstIndex { $0 != Labels.ignoreIndex })
    bench.logits[pixel] = bad
    #expect(bench.measure(try Registry.metrics.metric(name)).value.isNaN)
  }

  @Test("the loss of a pixel that is surely wrong has a limit")
  func limit() throws {
    let bench = MetricBench(
      Size(height: 1, width: 2), classes: 2, predictions: [1, 0], labels: [0, 1], margin: 1e4)
    let loss = bench.measure(try Registry.metrics.metric("mcll"), batch: 1).value
    #expect(isClose(loss, 34.538776394910684))
  }

  @Test("a network that is always half sure and half right is calibrated")
  func calibrated() throws {
    let bench = MetricBench(
      Size(height: 1, width: 2), classes: 2, predictions: [1, 1], labels: [0, 1], margin: 0)
    let metric = try Registry.metrics.metric("expected_calibration_error")
    #expect(bench.measure(metric, batch: 1).value == 0)
  }
}
