import Foundation
import HDF5

@testable import Tracking

/// Records small enough to write down.
enum Samples {
  static let experiment = "quickstart"
  static let id = "0123456789abcdef"

  static func trial(number: Int = 1, seed: UInt64 = 7, spec: String = "{\"seed\":7}") -> TrialRecord
  {
    TrialRecord(
      experiment: experiment, number: number,
      hyperparameters: [Hyperparameter(path: "solver.base_lr", text: "0.001")], seed: seed,
      replicate: 0, point: 0, objective: Objective(metric: "validation.mean_iou", maximize: true),
      writtenSpec: "seed: 7 # é\n", specName: "quickstart.yaml", overrides: ["seed=7"],
      resolvedSpec: spec)
  }

  static func provenance(attempt: Int = 1, resumedAfterRound: Int = 0) -> ProvenanceRecord {
    ProvenanceRecord(
      attempt: attempt, startedAt: "2026-01-01T00:00:00Z", host: "host",
      build: .init(version: "1", executable: "00", compiler: "Swift", configuration: "debug"),
      machine: .init(
        processor: "processor", cores: 2, instructionSet: "avx2", kernel: "Linux", libc: "glibc"),
      threads: 2, libraries: [.init(name: "HDF5", version: "1.10.8")],
      environment: ["OMP_NUM_THREADS": "2"],
      data: [.init(name: "train", samples: 3, sha256: "00")], gitCommit: nil,
      resumedAfterRound: resumedAfterRound)
  }

  /// Two classes, two tensors, a series in a nested group and one that is called like a class
  /// figure; NaN where a class does not occur.
  static func history(
    rounds: Int, seconds: Double = 1, attempt: Int = 1, offset: Double = 0
  ) -> MetricHistory {
    var history = MetricHistory(
      classNames: ["sky", "Gebäude"], tensorNames: ["conv.weight", "conv.bias"],
      seriesNames: ["training.loss", "validation.mean_iou", "validation.dice", "learning_rate"])
    for round in 1...max(1, rounds) where round <= rounds {
      let loss = 1 / Double(round) + offset
      let digest = UInt64(round)
      history.rows.append(
        MetricHistory.Row(
          round: round, step: 10 * round, epoch: Double(round) / 2,
          values: [loss, 0.5, 0.25, 1e-3], iou: [0.5, .nan], dice: [0.625, .nan],
          classAccuracy: [0.75, .nan], confusion: [3, 0, 1, 1 << 52],
          tensorDigests: [digest, .max - digest], trainingSeconds: seconds,
          evaluationSeconds: seconds / 2, attempt: attempt))
    }
    return history
  }

  /// The same with figures by class and worst images, of which the second round has fewer.
  static func detailedHistory(rounds: Int) -> MetricHistory {
    var history = history(rounds: rounds)
    history.classMetricNames = ["boundary_f1", "kappa"]
    history.worstImagesMetric = "kappa"
    for index in history.rows.indices {
      let round = Double(history.rows[index].round)
      history.rows[index].classFigures = [[0.5 / round, .nan], [0.25, 0.75]]
      let worst = [("b/ü.png", -0.5), ("a.png", 0.125 * round)].map {
        MetricHistory.RankedImage(name: $0.0, value: $0.1)
      }
      history.rows[index].worstImages = index == 1 ? [worst[0]] : worst
    }
    return history
  }

  static func checkpoint(round: Int, offset: Float = 0) -> CheckpointContents {
    CheckpointContents(
      round: round, step: 10 * round,
      tensors: [
        TensorContents(
          group: "parameters", name: "encoder.1.conv.weight", shape: [2, 3],
          values: (0..<6).map { Float($0 + round) + offset }),
        TensorContents(group: "solver/momentum", name: "a", shape: [1], values: [0.25]),
        TensorContents(group: "solver/velocity", name: "a", shape: [1], values: [-0.25]),
        TensorContents(group: "statistics", name: "bn.mean", shape: [0], values: []),
        TensorContents(group: "trained/parameters", name: "a", shape: [1], values: [0.5]),
      ])
  }

  static let result = ResultRecord(
    outcome: .finished, cause: nil, bestValue: 0.5, bestRound: 1, rounds: 3)
  static let failure = ResultRecord(
    outcome: .failed, cause: "the loss is not a number", bestValue: nil, bestRound: nil, rounds: 1)
}

/// Whether two histories are equal to the bit; NaN is not equal to itself.
func sameBits(_ first: MetricHistory?, _ second: MetricHistory?) -> Bool {
  guard let first, let second else { return first == nil && second == nil }
  let attempts = first.rows.map(\.attempt) == second.rows.map(\.attempt)
  let seconds = first.rows.map(\.trainingSeconds) == second.rows.map(\.trainingSeconds)
  let evaluations = first.rows.map(\.evaluationSeconds) == second.rows.map(\.evaluationSeconds)
  return attempts && seconds && evaluations && first.contentDigest == second.contentDigest
}

/// A folder that is removed with its last user.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/store-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
