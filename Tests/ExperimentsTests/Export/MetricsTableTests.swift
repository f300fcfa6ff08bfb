@testable import Experiments
import Measurements
import Testing
import Tracking

@Suite struct MetricsTableTests {
  @Test("there is a line for each number, and a column for each axis")
  func lines() {
    let series = [
      SeriesDescription("training.loss", title: "loss", about: ""),
      SeriesDescription(
        "validation.class.iou", title: "IoU", about: "", axes: [.classes(["sky", "a, b"])]),
      SeriesDescription(
        "validation.confusion", title: "confusion", about: "",
        axes: [
          SeriesAxis("truth", labels: ["sky", "b"]),
          SeriesAxis("prediction", labels: ["sky", "b"]),
        ]),
      SeriesDescription("validation.image.iou", title: "worst", about: "", axes: [.ranks(2)]),
    ]
    let history = MetricHistory(
      series: series, tensorNames: [],
      rows: [
        .init(
          EvaluationPoint(step: 6, epoch: 1.5),
          values: [
            .number(0.25), .numbers([0.5, .nan]), .counts([1, 2, 3, 4]),
            .images([RankedImage(name: "x.png", value: -1)]),
          ], tensorDigests: [], attempt: 2)
      ])
    #expect(
      MetricsTable([("tiny/1", history)]).csv.components(separatedBy: "\r\n") == [
        "run,step,epoch,attempt,series,class,truth,prediction,rank,image,value",
        "tiny/1,6,1.5,2,training.loss,,,,,,0.25", "tiny/1,6,1.5,2,validation.class.iou,sky,,,,,0.5",
        "tiny/1,6,1.5,2,validation.class.iou,\"a, b\",,,,,nan",
        "tiny/1,6,1.5,2,validation.confusion,,sky,sky,,,1",
        "tiny/1,6,1.5,2,validation.confusion,,sky,b,,,2",
        "tiny/1,6,1.5,2,validation.confusion,,b,sky,,,3",
        "tiny/1,6,1.5,2,validation.confusion,,b,b,,,4",
        "tiny/1,6,1.5,2,validation.image.iou,,,,1,x.png,-1.0", "",
      ])
  }
}
