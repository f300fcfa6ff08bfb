import Foundation
import Measurements

@testable import Tracking

/// Runs of a small sweep with everything that charts are drawn of.
enum ChartSamples {
  static let classNames = ["sky & sea", "<road>", "Gebäude"]
  static let evaluations = 6

  /// Two losses × two rates × three seeds.
  static let grid: [RunRecord] = ["cross_entropy", "dice"].enumerated().flatMap { loss, name in
    ["0.001", "0.01"].enumerated().flatMap { rate, text in
      (0..<3).map { seed in
        run(
          1 + 6 * loss + 3 * rate + seed, [("losses.kind", name), ("solver.base_lr", text)],
          seed: UInt64(7 + seed), level: 0.5 + 0.02 * Double(loss) + 0.1 * Double(rate))
      }
    }
  }

  /// Thirty-two points of two numbers that were drawn, with one seed each.
  static let scattered: [RunRecord] = (0..<32).map { index in
    let (a, b) = (Double(index % 8) + 0.5, Double(index * 5 % 32) / 32 + 0.1)
    return run(
      index + 1, [("solver.base_lr", "\(a)"), ("solver.momentum", "\(b)")], seed: 7,
      level: 0.4 + 0.03 * a - 0.05 * b)
  }

  /// What every chart must be able to draw: many runs, one, one without a history, and none.
  static let all: [(name: String, runs: [RunRecord])] = [
    ("a grid", grid), ("drawn points", scattered), ("one run", [grid[0]]),
    ("a failed seed", Array(grid.prefix(2)) + [failed]),
    ("nothing measured", [SampleRuns.run(1)]), ("no run", []),
  ]

  static let failed = run(
    3, [("losses.kind", "cross_entropy"), ("solver.base_lr", "0.001")], seed: 9, level: 0.3,
    status: .failed(cause: "the loss is not a number"), evaluations: 2)

  static func run(
    _ number: Int, _ parameters: [(String, String)], seed: UInt64, level: Double,
    status: RunStatus = .finished, evaluations: Int = evaluations
  ) -> RunRecord {
    let sample = SampleRuns.run(
      number, parameters, seed: seed, status: status, meanIoU: [level],
      begun: "2026-03-01T00:0\(number % 10):00Z")
    return RunRecord(
      id: sample.id, experiment: sample.experiment, number: number, trial: sample.trial,
      status: status, history: history(level, seed, evaluations), checkpoints: [],
      attempts: sample.attempts, result: nil, damage: [])
  }

  private static func history(_ level: Double, _ seed: UInt64, _ count: Int) -> MetricHistory {
    let rows = (1...count).map { number -> MetricHistory.Row in
      let value = level * (1 - 1 / (1 + Double(number))) + 0.01 * Double(seed % 3)
      return MetricHistory.Row(
        EvaluationPoint(step: 10 * number, epoch: Double(number)),
        values: [
          .number(2 - value), .number(value), .numbers([value, value / 2, .nan]),
          .counts([80, 10, 10, 5, 70, 25, 0, 0, 0]),
          .counts([0, 1, 4, 1, 0, 0, 2, 2, 2, 0]), .numbers([-1, 0.5]), .numbers([1, 0.5]),
          .number(12),
        ], tensorDigests: [], attempt: 1)
    }
    return MetricHistory(series: series, tensorNames: [], rows: rows)
  }

  static let series = [
    SeriesDescription("training.loss", title: "training loss", higherIsBetter: false, about: ""),
    SeriesDescription(
      "validation.mean_iou", title: "mean IoU", aliases: ["iou"], higherIsBetter: true, about: "",
      isPrincipal: true),
    SeriesDescription(
      "validation.class.iou", title: "IoU", higherIsBetter: true, about: "",
      axes: [.classes(classNames)], summary: "validation.mean_iou"),
    SeriesDescription(
      "validation.confusion", title: "confusion", format: .count, about: "",
      axes: [SeriesAxis("truth", labels: classNames), SeriesAxis("prediction", labels: classNames)]),
    SeriesDescription(
      "weights.histogram", title: "weights", format: .count, about: "",
      axes: [
        SeriesAxis("parameter", labels: ["conv.weight", "constant.weight"]),
        SeriesAxis("bin", labels: (0..<5).map { "\($0)" }),
      ]),
    SeriesDescription(
      "weights.lowest", title: "lowest", about: "",
      axes: [SeriesAxis("parameter", labels: ["conv.weight", "constant.weight"])]),
    SeriesDescription(
      "weights.highest", title: "highest", about: "",
      axes: [SeriesAxis("parameter", labels: ["conv.weight", "constant.weight"])]),
    SeriesDescription(
      "training.seconds", title: "training time", unit: "s", about: "", isWallTime: true),
  ]

  static func input(_ runs: [RunRecord]) throws -> ChartInput {
    var input = try ChartInput(runs)
    if !runs.isEmpty, runs[0].history != nil { input.images = images }
    return input
  }

  /// One image of one pixel.
  static let images = ImageStrips(
    columns: ["image", "truth"],
    rows: [
      .init(
        name: "a & b.png", note: "7 % wrong",
        drawings: [.init(png: pixel, width: 1, height: 1), .init(png: pixel, width: 1, height: 1)])
    ], about: "How they were chosen.", classes: [("sky & sea", PlotColour(0x0072B2))])

  static let pixel = [UInt8](
    Data(
      base64Encoded:
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    ) ?? Data())
}
