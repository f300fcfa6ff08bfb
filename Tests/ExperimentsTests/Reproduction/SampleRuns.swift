@testable import Datasets
@testable import Experiments
import Tracking

/// Records as tests need them.
enum SampleRuns {
  static func history(rounds: Int, loss: Double = 0.5) -> MetricHistory {
    MetricHistory(
      classNames: ["background", "disc"], tensorNames: ["a.weight", "a.bias"],
      seriesNames: ["training.loss", "validation.mean_iou"],
      rows: (1...rounds).map { row($0, loss: loss) })
  }

  static func row(_ round: Int, loss: Double = 0.5, digests: [UInt64] = [1, 2]) -> MetricHistory.Row
  {
    MetricHistory.Row(
      round: round, step: round * 10, epoch: Double(round), values: [loss, .nan],
      iou: [0.5, .nan], dice: [0.6, .nan], classAccuracy: [0.7, .nan], confusion: [1, 2, 3, 4],
      tensorDigests: digests, trainingSeconds: 1, evaluationSeconds: 1, attempt: 1)
  }

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
    gitCommit: nil, resumedAfterRound: 0)
}
