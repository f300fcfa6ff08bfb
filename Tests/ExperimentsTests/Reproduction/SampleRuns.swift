@testable import Experiments
import Measurements
import Tracking

/// Records as tests need them.
enum SampleRuns {
  static let classes = SeriesAxis.classes(["background", "disc"])

  static let series = [
    SeriesDescription("training.loss", title: "training loss", higherIsBetter: false, about: ""),
    SeriesDescription("validation.mean_iou", title: "mean IoU", higherIsBetter: true, about: ""),
    SeriesDescription(
      "validation.class.iou", title: "IoU", higherIsBetter: true, about: "", axes: [classes]),
    SeriesDescription(
      "validation.confusion", title: "confusion", unit: "pixels", format: .count, about: "",
      axes: [
        SeriesAxis("truth", labels: classes.labels),
        SeriesAxis("prediction", labels: classes.labels),
      ]),
    SeriesDescription(
      "training.seconds", title: "training time", unit: "s", about: "", isWallTime: true),
  ]

  static func history(evaluations: Int, loss: Double = 0.5) -> MetricHistory {
    MetricHistory(
      series: series, tensorNames: ["a.weight", "a.bias"],
      rows: (1...evaluations).map { row($0, loss: loss) })
  }

  /// The evaluation of that number, 1 for the first.
  static func point(_ number: Int) -> EvaluationPoint {
    EvaluationPoint(step: number * 10, epoch: Double(number))
  }

  static func row(
    _ number: Int, loss: Double = 0.5, digests: [UInt64] = [1, 2]
  ) -> MetricHistory.Row {
    MetricHistory.Row(
      point(number),
      values: [
        .number(loss), .number(.nan), .numbers([0.5, .nan]), .counts([1, 2, 3, 4]), .number(1),
      ], tensorDigests: digests, attempt: 1)
  }

  /// After the third of ten evaluations.
  static let earlyStop = EarlyStopRecord(
    after: point(3), planned: point(10), series: "validation.mean_iou", best: point(1))

  static let id = "0123456789abcdef"

  static func run(
    status: RunStatus = .finished, history: MetricHistory? = nil,
    attempts: [ProvenanceRecord] = [provenance]
  ) -> RunRecord {
    let trial = TrialRecord(
      experiment: "a", number: 1, hyperparameters: [], seed: 1, replicate: 0, point: 0,
      objective: Objective(metric: "validation.mean_iou", maximize: true), writtenSpec: "",
      specName: "a.yaml", overrides: [], resolvedSpec: "{}")
    return RunRecord(
      id: id, experiment: "a", number: 1, trial: trial, status: status, history: history,
      checkpoints: [], attempts: attempts, result: nil, damage: [])
  }

  static let provenance = ProvenanceRecord(
    attempt: 1, startedAt: "2026-01-01T00:00:00Z", host: "one",
    build: .init(
      version: "0.1.0", executable: String(repeating: "a", count: 64), compiler: "Swift 6.3",
      configuration: "release"),
    machine: .init(
      processor: "EPYC", cores: 2, instructionSet: "avx512_core", kernel: "Linux 6",
      libc: "glibc 2.36"),
    threads: 2, libraries: [.init(name: "oneDNN", version: "2.6.3")],
    environment: ["OMP_NUM_THREADS": "2"],
    data: [.init(name: "train", samples: 8, sha256: String(repeating: "b", count: 64))],
    gitCommit: nil, resumedAfter: nil)
}
