@testable import Datasets
@testable import Experiments
import Testing
import Tracking

@Suite("Classes and confusions for people")
struct ClassTableTests {
  private let plain = Style(isOn: false)

  private var history: MetricHistory {
    var history = MetricHistory(
      classNames: ["sky", "road", "car"], tensorNames: [],
      seriesNames: ["validation.mean_iou", "validation.mean_dice", "validation.boundary_f1"],
      classMetricNames: ["boundary_f1"], worstImagesMetric: "mean_iou")
    history.rows = [
      MetricHistory.Row(
        round: 1, step: 1, epoch: 1, values: [0.5, 0.625, 0.125], iou: [0.9, 0.1, .nan],
        dice: [0.95, 0.3, .nan], classAccuracy: [0.9, 0.25, .nan],
        confusion: [9000, 1000, 0, 3, 1, 0, 0, 0, 0], classFigures: [[0.25, 0, .nan]],
        worstImages: [.init(name: "images/7.png", value: 0.125)], tensorDigests: [],
        trainingSeconds: 1, evaluationSeconds: 1, attempt: 1)
    ]
    return history
  }

  @Test("a line for each class with its share of the pixels, and the means as they are recorded")
  func classes() {
    let table = ClassTable(history.rows[0], of: history)
    #expect(
      table.text(style: plain) == """
        class  pixels    share     IoU    Dice  accuracy  boundary_f1
        sky    10,000  100.0 %  0.9000  0.9500    0.9000       0.2500
        road        4    0.0 %  0.1000  0.3000    0.2500       0.0000
        car         0    0.0 %       –       –         –            –
        mean                    0.5000  0.6250         –       0.1250
        """)
    #expect(table.classes.map(\.predictedPixels) == [9003, 1001, 0])
  }

  @Test("where classes overlap each is counted by itself")
  func overlapping() throws {
    var history = history
    history.classesOverlap = true
    history.rows[0].confusion = [9000, 20, 3, 1000, 1, 2, 0, 10_020, 10_023, 0, 0, 0]
    let table = ClassTable(history.rows[0], of: history)
    #expect(table.classes.map(\.pixels) == [1003, 10_020, 0])
    #expect(table.classes.map(\.predictedPixels) == [1020, 10_022, 0])
    let counts = BinaryConfusionTable(history.rows[0].confusion, classes: history.classNames)
    #expect(
      counts.text(style: plain) == """
        class  true positive  false negative  false positive  true negative
        sky            1,000               3              20          9,000
        road          10,020               0               2              1
        car                0               0               0         10,023
        """)
  }

  @Test("confusions are in percent of the truth, columns numbered as rows are")
  func matrix() {
    let table = ConfusionTable(history.rows[0].confusion, classes: history.classNames)
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

  @Test("a run is shown with the classes, confusions and worst images of its best round")
  func description() throws {
    var history = history
    history.rows.append(history.rows[0])
    history.rows[1].round = 2
    history.rows[1].values[0] = 0.25
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
        figures, round 1, the best

        validation.mean_iou     0.5000
        validation.mean_dice    0.6250
        validation.boundary_f1  0.1250
        """))
    #expect(text.contains("\n\nclasses, round 1, the best\n\nclass  pixels"))
    #expect(text.contains("\n\nconfusion, round 1, the best\n\ntruth in rows"))
    #expect(
      text.contains(
        "\n\nworst images, round 1, the best\n\nmean_iou  image\n  0.1250  images/7.png"))
    let json = try JSONOutput.text(RunDescription(record))
    #expect(json.contains("\"rankedBy\" : \"mean_iou\""))
    #expect(json.contains("\"predictedPixels\" : 9003"))
    #expect(json.contains("\"bestRound\" : 1"))
  }
}
