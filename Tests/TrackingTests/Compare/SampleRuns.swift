@testable import Tracking

/// Records made by hand.
enum SampleRuns {
  static let series = [
    "training.loss", "validation.loss", "validation.mean_iou", "validation.mean_dice",
  ]

  /// - Parameter meanIoU: of each round; the other figures follow from it.
  static func history(_ meanIoU: [Double], seconds: Double = 30) -> MetricHistory {
    let rows = meanIoU.enumerated().map { index, value in
      MetricHistory.Row(
        round: index + 1, step: 10 * (index + 1), epoch: Double(index + 1),
        values: [1 - value, 1.5 - value, value, value + 0.1], iou: [value], dice: [value + 0.1],
        classAccuracy: [value], confusion: [1], tensorDigests: [UInt64(index)],
        trainingSeconds: seconds, evaluationSeconds: 2, attempt: 1)
    }
    return MetricHistory(
      classNames: ["cell"], tensorNames: ["head.weight"], seriesNames: series, rows: rows)
  }

  static func run(
    _ number: Int, of experiment: String = "cells", id: String? = nil,
    _ hyperparameters: [(String, String)] = [], seed: UInt64 = 7, point: Int? = nil,
    objective: Objective = Objective(metric: "validation.mean_iou", maximize: true),
    spec: String? = nil, status: RunStatus = .finished, meanIoU: [Double]? = nil,
    begun: String? = nil, damage: [String] = []
  ) -> RunRecord {
    let trial = TrialRecord(
      experiment: experiment, number: number,
      hyperparameters: hyperparameters.map { Hyperparameter(path: $0, text: $1) }, seed: seed,
      replicate: 0, point: point ?? number, objective: objective, writtenSpec: "",
      specName: "cells.yaml", overrides: [],
      resolvedSpec: spec ?? #"{"seed":\#(seed),"solver":{"base_lr":0.1}}"#)
    return RunRecord(
      id: id ?? self.id(number), experiment: experiment, number: number, trial: trial,
      status: status, history: meanIoU.map { history($0) }, checkpoints: [],
      attempts: begun.map { [attempt(at: $0)] } ?? [], result: nil, damage: damage)
  }

  /// 16 digits that begin with those of the number, twice: `1111…`, `1212…`.
  static func id(_ number: Int) -> String {
    String(String(repeating: String(number, radix: 16), count: 16).prefix(16))
  }

  private static func attempt(at time: String) -> ProvenanceRecord {
    ProvenanceRecord(
      attempt: 1, startedAt: time, host: "host",
      build: ProvenanceRecord.Build(
        version: "1", executable: "", compiler: "", configuration: "debug"),
      machine: ProvenanceRecord.Machine(
        processor: "", cores: 2, instructionSet: "", kernel: "", libc: ""),
      threads: 1, libraries: [], environment: [:], data: [], gitCommit: nil, resumedAfterRound: 0)
  }
}
