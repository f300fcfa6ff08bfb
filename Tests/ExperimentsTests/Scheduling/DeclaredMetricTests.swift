@testable import Experiments
import Foundation
@testable import Groundwork
@testable import Learning
import Measurements
import Testing
import Tracking
@testable import Training

/// A metric that no list of the program knows: pixels that are taken for a class that they are not.
private struct WrongPixels: CountMetric {
  static let name = "wrong_pixels"
  static let title = "wrong pixels"
  static let unit = "pixels"
  static let format = ValueFormat.fixed(1)
  static let isStandard = true
  static let otherNames = ["wp"]
  static let about = "Pixels that are taken for another class."
  static let isHigherBetter = false
  static let example = "evaluation: {metrics: [wrong_pixels]}"

  init(_ values: FieldValues) {}

  func classes(of counts: ClassCounts) -> [Double] {
    zip(counts.truth, counts.hits).map { $0 - $1 }
  }

  func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double {
    classes(of: counts).reduce(0, +)
  }
}

/// What a metric declares is all that records, tables and exports know of it: a new one is in all of
/// them.
struct DeclaredMetricTests {
  private let classNames = ["sky", "car", "road"]

  /// The record of a run whose only metrics are the mean IoU and one that this file defines.
  private func run(in folder: String) throws -> RunRecord {
    let spec = """
      experiment: shapes
      data: {generated: {train: 8, validation: 2, size: [32, 32], classes: 3}}
      template: {name: unet, base_channels: 4, depth: 2}
      losses: dice
      solver: {type: SGD, base_lr: 0.01}
      training: {epochs: 2}
      """
    let trial = try ExperimentSpec.load(
      SourceText(name: "shapes.yaml", text: spec), folder: "/"
    ).plan().trials[0]
    let store = FolderStore(root: folder)
    try store.prepare(trial.record, id: trial.id)
    let writer = try store.open(trial.id, experiment: "shapes")
    try writer.beginAttempt(SampleRuns.provenance)
    var recorder = RunRecorder(trial, attempt: 1, history: nil, tensorNames: [], stepsPerEpoch: 10)
    for number in 1...2 {
      _ = try recorder.record(
        report(number), TrainingState(step: 10 * number, epoch: Double(number), tensors: []),
        in: writer)
    }
    try writer.finish(recorder.result())
    return try #require(try store.run(trial.id, experiment: "shapes"))
  }

  private func report(_ number: Int) -> EvaluationReport {
    var settings = EvaluationSettings()
    settings.registry = Registry(kind: "metric", [MeanIoU.self, WrongPixels.self]) { $0 }
    settings.worstImages = 1
    var confusion = ConfusionMatrix(classes: 3)
    confusion.counts = [90, 8, 0, 5, UInt64(20 * number), 0, 0, 0, 7]
    let accumulators = MetricAccumulators(settings, classNames: classNames, threads: 1)
    accumulators.begin()
    add(confusion, to: accumulators)
    return EvaluationReport(
      step: 10 * number, epoch: Double(number),
      measurements: accumulators.measurements(confusion, images: ["a.png"])
        + confusion.measurements(classNames: classNames), digests: [], isLast: number == 2)
  }

  /// Shows the accumulators one image whose pixels are those that the matrix counts.
  private func add(_ confusion: ConfusionMatrix, to accumulators: MetricAccumulators) {
    let classes = confusion.classes
    var (labels, predictions): ([Label], [Label]) = ([], [])
    for (place, count) in confusion.counts.enumerated() {
      labels += Array(repeating: Label(place / classes), count: Int(count))
      predictions += Array(repeating: Label(place % classes), count: Int(count))
    }
    let layout = TensorLayout(Shape(1, classes, 1, labels.count))
    let logits = [Float](repeating: 0, count: layout.shape.count)
    logits.withUnsafeBufferPointer { logits in
      labels.withUnsafeBufferPointer { labels in
        predictions.withUnsafeBufferPointer { predictions in
          accumulators.add(
            EvaluatedBatch(
              logits: logits.baseAddress!, predictions: predictions.baseAddress!,
              labels: labels.baseAddress!, images: 1,
              memory: MetricMemory(logits: layout, threads: 1)))
        }
      }
    }
  }

  private func withRun(_ body: (RunRecord) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/declared-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(run(in: folder))
  }

  @Test("the record has its title, unit and direction, in whole and of each class")
  func recorded() throws {
    try withRun { run in
      let history = try #require(run.history)
      let series = try #require(history.series.first { $0.name == "validation.wrong_pixels" })
      #expect(series == WrongPixels.series)
      #expect(series.title == "wrong pixels" && series.unit == "pixels")
      #expect(series.higherIsBetter == false && series.aliases == ["wp"])
      #expect(history.values(of: "validation.wrong_pixels") == [13, 13])
      #expect(history.values(of: "validation.wrong_pixels.car") == [5, 5])
    }
  }

  @Test("tables have a column of it, and one of a class by any of its names")
  func compared() throws {
    try withRun { run in
      let table = Comparison(comparing: [run])
      let column = try #require(
        table.columns.firstIndex { $0.name == "validation.wrong_pixels" })
      #expect(table.columns[column].header == "wrong pixels (pixels)")
      #expect(table.rows[0].cells[column].text == "13.0")

      var request = ComparisonRequest()
      request.columns = try RunValue.list("wp.car, wp, mean_iou")
      let picked = try Comparison(comparing: [run], request)
      #expect(
        picked.columns.filter { $0.kind == .metric || $0.kind == .objective }.map(\.name) == [
          "validation.wrong_pixels.car", "validation.wrong_pixels", "validation.mean_iou",
        ])
      let error = #expect(throws: Failure.self) {
        request.columns = try RunValue.list("wrong_pixel")
        _ = try Comparison(comparing: [run], request)
      }
      let message = error.flatMap { $0.message } ?? ""
      #expect(message.contains("validation.wrong_pixels'"), "\(message)")
    }
  }

  @Test("csv and json hold everything of it")
  func exported() throws {
    try withRun { run in
      var request = ComparisonRequest()
      request.holdsEverySeries = true
      let table = try Comparison(comparing: [run], request)
      let header = try #require(CSVTable().text(of: table).split(separator: "\n").first)
      let names = header.split(separator: ",").map(String.init)
      for name in ["wrong_pixels", "wrong_pixels.sky", "iou.car", "image.mean_iou.1", "pixels.sky"]
      {
        #expect(names.contains("validation.\(name)"), "\(name)")
      }
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(JSONTable().text(of: table).utf8))
          as? [String: Any])
      let rows = try #require(json["rows"] as? [[String: Any]])
      let cells = try #require(rows[0]["cells"] as? [String: [String: Any]])
      #expect(cells["validation.wrong_pixels"]?["value"] as? Double == 13)
      #expect(cells["validation.wrong_pixels.car"]?["value"] as? Double == 5)
    }
  }

  @Test("show has it with its title and unit")
  func shown() throws {
    try withRun { run in
      let description = RunDescription(run)
      let text = description.text(style: Style(isOn: false))
      #expect(text.contains("wrong pixels") && text.contains("13.0 pixels"))
      let json = try JSONOutput.text(description)
      #expect(json.contains("\"validation.wrong_pixels\" : 13"))
      #expect(json.contains("\"title\" : \"wrong pixels\""))
    }
  }
}
