@testable import Groundwork
@testable import Learning
import Measurements
import Testing
@testable import Training

@Suite("Worst images")
struct WorstImagesTests {
  private let names = ["a", "b", "c", "d", "e"]

  @Test("the lowest come first where higher is better, the highest where lower is")
  func order() {
    let values = [0.5, 0.25, .nan, 0.25, 1]
    #expect(
      WorstImages.ranked(by: MeanIoU.self, values, names: names, count: 3)
        == [
          RankedImage(name: "b", value: 0.25), RankedImage(name: "d", value: 0.25),
          RankedImage(name: "a", value: 0.5),
        ])
    #expect(
      WorstImages.ranked(by: Hausdorff.self, values, names: names, count: 9).map(\.name)
        == ["e", "a", "b", "d"])
  }

  @Test("they are ranked by the first metric that judges images, else by the mean IoU")
  func ranking() throws {
    func rankedBy(_ metrics: [String], worst: Int) throws -> String? {
      var settings = EvaluationSettings()
      settings.metrics = try metrics.map { try Registry.metrics.metric($0) }
      settings.worstImages = worst
      let accumulators = MetricAccumulators(settings, classNames: ["a", "b"], threads: 1)
      accumulators.begin()
      let measurements = accumulators.measurements(ConfusionMatrix(classes: 2), images: [])
      for metric in metrics { #expect(measurements["validation.\(metric)"] != nil) }
      return measurements.first { $0.values.images != nil }.flatMap { measurement in
        measurement.series.name.split(separator: ".").last.map(String.init)
      }
    }
    #expect(try rankedBy(["average_precision", "hausdorff", "kappa"], worst: 1) == "hausdorff")
    #expect(try rankedBy(["average_precision"], worst: 1) == "mean_iou")
    #expect(try rankedBy([], worst: 1) == "mean_iou")
    #expect(try rankedBy(["kappa"], worst: 0) == nil)
  }

  @Test("what follows from the counts alone looks at no batch")
  func counted() throws {
    func wantsBatches(_ metrics: [String], worst: Int) throws -> Bool {
      var settings = EvaluationSettings()
      settings.metrics = try metrics.map { try Registry.metrics.metric($0) }
      settings.worstImages = worst
      return MetricAccumulators(settings, classNames: ["a", "b"], threads: 1).wantsBatches
    }
    #expect(try !wantsBatches(["kappa"], worst: 0))
    #expect(try wantsBatches(["kappa"], worst: 1))
    #expect(try wantsBatches(["hausdorff"], worst: 0))
  }
}
