@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing
@testable import Training

@Suite("Worst images")
struct WorstImagesTests {
  private let names = ["a", "b", "c", "d", "e"]

  @Test("the lowest come first where higher is better, the highest where lower is")
  func order() {
    let values = [0.5, 0.25, .nan, 0.25, 1]
    #expect(
      WorstImages(MeanIoU.self, values, names: names, count: 3)
        == WorstImages(
          metric: "mean_iou",
          images: [
            .init(name: "b", value: 0.25), .init(name: "d", value: 0.25),
            .init(name: "a", value: 0.5),
          ]))
    #expect(
      WorstImages(Hausdorff.self, values, names: names, count: 9).images.map(\.name)
        == ["e", "a", "b", "d"])
  }

  @Test("they are ranked by the first metric that judges images, else by the mean IoU")
  func ranking() throws {
    func rankedBy(_ metrics: [String], worst: Int) throws -> String? {
      var settings = EvaluationSettings()
      settings.metrics = try metrics.map { try Registry.metrics.metric($0) }
      settings.worstImages = worst
      let meters = EvaluationMeters(settings, classes: 2, threads: 1)
      meters?.begin()
      let figures = meters?.figures(names: [])
      #expect((figures?.metrics.map(\.name) ?? []) == metrics)
      return figures?.worstImages?.metric
    }
    #expect(try rankedBy(["average_precision", "hausdorff", "kappa"], worst: 1) == "hausdorff")
    #expect(try rankedBy(["average_precision"], worst: 1) == "mean_iou")
    #expect(try rankedBy([], worst: 1) == "mean_iou")
    #expect(try rankedBy(["kappa"], worst: 0) == nil)
    #expect(EvaluationMeters(EvaluationSettings(), classes: 2, threads: 1) == nil)
  }
}
