import Foundation
@testable import Measurements
@testable import Tracking

/// What a small run leaves behind.
struct InventedRun {
  let point = EvaluationPoint(step: 8, epoch: 1)

  var trial: TrialRecord {
    TrialRecord(
      experiment: "a", number: 1, hyperparameters: [Hyperparameter(path: "losses", text: "dice")],
      seed: 1, replicate: 0, point: 0,
      objective: Objective(metric: "validation.mean_iou", maximize: true),
      writtenSpec: "experiment: a\n", specName: "a.yaml", overrides: ["seed=1"], resolvedSpec: "{}")
  }

  var provenance: ProvenanceRecord {
    ProvenanceRecord(
      attempt: 1, startedAt: "2026-03-10T10:10:10Z", host: "h",
      build: .init(version: "1", executable: digest, compiler: "Swift", configuration: "release"),
      machine: .init(
        processor: "p", cores: 8, instructionSet: "avx2", kernel: "Linux", libc: "glibc"),
      threads: 1, libraries: [.init(name: "HDF5", version: "1.10.8")], environment: ["A": "b"],
      data: [.init(name: "train", samples: 64, sha256: digest)], algorithms: ["forward": "direct"],
      gitCommit: nil, resumedAfter: point)
  }

  var state: RunState {
    RunState(
      attempt: 1, step: 8, files: ["checkpoints/a.h5": FileDigest(bytes: 3, sha256: digest)],
      checkpoints: ["last": .init(file: "checkpoints/a.h5", evaluation: point)], interim: nil)
  }

  var result: StoredResult {
    StoredResult(
      result: ResultRecord(
        outcome: .finished, cause: nil, bestValue: 0.5, bestEvaluation: point, evaluations: 2),
      attempt: 1)
  }

  var test: TestRecord.Facts {
    TestRecord.Facts(
      number: 1, name: "test", startedAt: "2026-03-10T10:10:10Z",
      checkpoint: CheckpointRecord(
        name: "last", file: "checkpoints/a.h5", bytes: 3, sha256: digest, evaluation: point),
      list: nil, data: [], overrides: [], build: provenance.build, machine: provenance.machine,
      threads: 1)
  }

  var history: MetricHistory {
    var history = MetricHistory(
      series: ["validation.mean_iou", "training.loss"].map { name in
        SeriesDescription(
          name, title: name, higherIsBetter: !name.contains("loss"), about: "An invented series.",
          isPrincipal: name == "validation.mean_iou", isWallTime: false)
      }, tensorNames: ["head.bias"])
    for step in [8, 16] {
      history.rows.append(
        MetricHistory.Row(
          EvaluationPoint(step: step, epoch: Double(step) / 8), values: [.number(0.5), .number(2)],
          tensorDigests: [7], attempt: 1))
    }
    return history
  }

  private var digest: String { String(repeating: "ab", count: 32) }
}
