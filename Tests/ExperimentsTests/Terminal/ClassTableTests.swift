@testable import Datasets
@testable import Experiments
import Foundation
import Measurements
import Testing
import Tracking

@Suite("Classes and confusions for people")
struct ClassTableTests {
  private let plain = Style(isOn: false)

  private let names = ["sky", "road", "car"]
  private let matrix: [UInt64] = [9000, 1000, 0, 3, 1, 0, 0, 0, 0]

  /// A run with one evaluation, and a metric that no program has a list with.
  private var history: MetricHistory {
    let classes = SeriesAxis.classes(names)
    var history = MetricHistory(
      series: [
        SeriesDescription(
          "validation.mean_iou", title: "mean IoU", higherIsBetter: true, about: "",
          isPrincipal: true),
        SeriesDescription(
          "validation.gap", title: "gap", unit: "pixels", format: .fixed(1), about: ""),
        SeriesDescription(
          "validation.class.iou", title: "IoU", about: "", axes: [classes],
          summary: "validation.mean_iou"),
        SeriesDescription(
          "validation.class.gap", title: "gap", unit: "pixels", format: .fixed(1), about: "",
          axes: [classes], summary: "validation.gap"),
        SeriesDescription(
          "validation.image.mean_iou", title: "mean IoU, worst image", about: "",
          axes: [.ranks(3)], summary: "validation.mean_iou"),
        SeriesDescription(
          "validation.class.pixels", title: "pixels", unit: "pixels", format: .count, about: "",
          axes: [classes]),
        SeriesDescription(
          "validation.confusion", title: "confusion", unit: "pixels", format: .count, about: "",
          axes: [SeriesAxis("truth", labels: names), SeriesAxis("prediction", labels: names)]),
      ], tensorNames: [])
    history.rows = [
      MetricHistory.Row(
        EvaluationPoint(step: 10, epoch: 1),
        values: [
          .number(0.5), .number(2.5), .numbers([0.9, 0.1, .nan]), .numbers([2, 3, .nan]),
          .images([RankedImage(name: "images/7.png", value: 0.125)]), .counts([10_000, 4, 0]),
          .counts(matrix),
        ], tensorDigests: [], attempt: 1)
    ]
    return history
  }

  @Test("a line for each class, counts with their share, and the means as they are recorded")
  func classes() {
    let table = ClassTable(history.rows[0], of: history)
    #expect(
      table.text(style: plain) == """
        class     IoU  gap (pixels)  pixels    share
        sky    0.9000           2.0  10,000  100.0 %
        road   0.1000           3.0       4    0.0 %
        car         –             –       0    0.0 %
        mean   0.5000           2.5
        """)
  }

  @Test("where classes overlap each is counted by itself")
  func overlapping() throws {
    let answers = ["absent", "present"]
    let series = SeriesDescription(
      "validation.confusion", title: "confusion", about: "",
      axes: [
        .classes(names), SeriesAxis("truth", labels: answers),
        SeriesAxis("prediction", labels: answers),
      ])
    let flat: [UInt64] = [9000, 20, 3, 1000, 1, 2, 0, 10_020, 10_023, 0, 0, 0]
    let counts = try #require(BinaryConfusionTable(series, flat))
    #expect(ConfusionTable(series, flat) == nil)
    #expect(
      counts.text(style: plain) == """
        class  true positive  false negative  false positive  true negative
        sky            1,000               3              20          9,000
        road          10,020               0               2              1
        car                0               0               0         10,023
        """)
  }

  @Test("confusions are in percent of the truth, columns numbered as rows are")
  func percent() {
    let table = ConfusionTable(matrix, classes: names)
    #expect(
      table.text(style: plain) == """
        truth in rows, prediction in columns, % of the truth

           class     0     1  2
        0  sky    90.0  10.0  ·
        1  road   75.0  25.0  ·
        2  car       –     –  –
        """)
  }

  @Test("of many classes the greatest confusions are listed")
  func greatest() {
    let classes = (0..<40).map { "c\($0)" }
    var counts = [UInt64](repeating: 0, count: 1600)
    for label in 0..<40 { counts[label * 40 + label] = 50 }
    counts[3 * 40 + 5] = 150
    counts[8 * 40 + 1] = 200
    #expect(
      ConfusionTable(counts, classes: classes).text(style: plain) == """
        the greatest, with their share of the truth

        class  taken for  pixels   share
        c8     c1            200  80.0 %
        c3     c5            150  75.0 %
        """)
  }

  @Test("a run is shown with whatever its series are, as they were at its best")
  func description() throws {
    var history = history
    history.rows.append(history.rows[0])
    history.rows[1].point = EvaluationPoint(step: 15, epoch: 1.5)
    history.rows[1].values[0] = .number(0.25)
    let trial = TrialRecord(
      experiment: "shapes", number: 1, hyperparameters: [], seed: 1, replicate: 0, point: 0,
      objective: .standard, writtenSpec: "", specName: "shapes.yaml", overrides: [],
      resolvedSpec: "{}")
    let record = RunRecord(
      id: "0123456789abcdef", experiment: "shapes", number: 1, trial: trial, status: .finished,
      history: history, checkpoints: [], attempts: [], result: nil, damage: [])
    let text = RunDescription(record).text(style: plain)
    #expect(
      text.contains(
        """
        evaluations

        epoch  step  mean IoU   time
            1    10    0.5000  0.0 s
          1.5    15    0.2500  0.0 s
        """))
    #expect(
      text.contains(
        """
        values, epoch 1, the best

        mean IoU  0.5000
        gap       2.5 pixels
        """))
    #expect(text.contains("\n\nclasses, epoch 1, the best\n\nclass     IoU"))
    #expect(text.contains("\n\nconfusion, epoch 1, the best\n\ntruth in rows"))
    #expect(
      text.contains(
        "\n\nworst images, epoch 1, the best\n\nmean IoU  image\n  0.1250  images/7.png"))
    let json = try JSONOutput.text(RunDescription(record))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let gap = try #require(
      (object["series"] as? [[String: Any]])?.first { $0["name"] as? String == "validation.gap" })
    #expect(gap["title"] as? String == "gap" && gap["unit"] as? String == "pixels")
    let evaluations = try #require(object["evaluations"] as? [[String: Any]])
    #expect(evaluations.map { $0["step"] as? Int } == [10, 15])
    let values = try #require(evaluations[0]["values"] as? [String: Any])
    #expect(values["validation.gap"] as? Double == 2.5)
    #expect((values["validation.class.gap"] as? [String: Any])?["road"] as? Double == 3)
    #expect((values["validation.confusion"] as? [[Int]])?[0] == [9000, 1000, 0])
    #expect((object["bestEvaluation"] as? [String: Any])?["step"] as? Int == 10)
  }
}
