import Foundation
import HDF5
import Measurements

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

  static func provenance(attempt: Int = 1, resumedAfter number: Int? = nil) -> ProvenanceRecord {
    ProvenanceRecord(
      attempt: attempt, startedAt: "2026-01-01T00:00:00Z", host: "host",
      build: .init(version: "1", executable: "00", compiler: "Swift", configuration: "debug"),
      machine: .init(
        processor: "processor", cores: 2, instructionSet: "avx2", kernel: "Linux", libc: "glibc"),
      threads: 2, libraries: [.init(name: "HDF5", version: "1.10.8")],
      environment: ["OMP_NUM_THREADS": "2"],
      data: [.init(name: "train", samples: 3, sha256: "00")], gitCommit: nil,
      resumedAfter: number.map(point))
  }

  /// The evaluation of that number, 1 for the first.
  static func point(_ number: Int) -> EvaluationPoint {
    EvaluationPoint(step: 10 * number, epoch: Double(number) / 2)
  }

  static let classNames = ["sky", "Gebäude"]

  static let series = [
    SeriesDescription(
      "training.loss", title: "training loss", higherIsBetter: false, about: "The loss."),
    SeriesDescription(
      "validation.mean_iou", title: "mean IoU", aliases: ["iou", "jaccard"], higherIsBetter: true,
      about: "Mean IoU.", isPrincipal: true),
    SeriesDescription("validation.dice", title: "validation dice", about: "A loss."),
    SeriesDescription(
      "learning_rate", title: "learning rate", format: .significant(4), about: "The rate."),
    SeriesDescription(
      "validation.class.iou", title: "IoU", higherIsBetter: true, about: "IoU of each class.",
      axes: [.classes(classNames)], summary: "validation.mean_iou"),
    SeriesDescription(
      "validation.class.dice", title: "Dice", higherIsBetter: true, about: "Dice of each class.",
      axes: [.classes(classNames)]),
    SeriesDescription(
      "validation.confusion", title: "confusion", unit: "pixels", format: .count,
      about: "Rows are the truth.",
      axes: [
        SeriesAxis("truth", labels: classNames), SeriesAxis("prediction", labels: classNames),
      ]),
    SeriesDescription(
      "training.seconds", title: "training time", unit: "s", format: .fixed(1),
      about: "Wall time of training.", isWallTime: true),
    SeriesDescription(
      "validation.seconds", title: "evaluation time", unit: "s", format: .fixed(1),
      about: "Wall time of evaluation.", isWallTime: true),
  ]

  /// Two classes, two tensors, a series in a nested group and one that is called like values of
  /// classes; NaN where a class does not occur.
  static func history(
    evaluations: Int, seconds: Double = 1, attempt: Int = 1, offset: Double = 0
  ) -> MetricHistory {
    var history = MetricHistory(series: series, tensorNames: ["conv.weight", "conv.bias"])
    for number in 1...max(1, evaluations) where number <= evaluations {
      let digest = UInt64(number)
      history.rows.append(
        MetricHistory.Row(
          point(number),
          values: [
            .number(1 / Double(number) + offset), .number(0.5), .number(0.25), .number(1e-3),
            .numbers([0.5, .nan]), .numbers([0.625, .nan]), .counts([3, 0, 1, 1 << 52]),
            .number(seconds), .number(seconds / 2),
          ], tensorDigests: [digest, .max - digest], attempt: attempt))
    }
    return history
  }

  /// The same with further values of classes and worst images, of which the second evaluation has
  /// fewer.
  static func detailedHistory(evaluations: Int) -> MetricHistory {
    var history = history(evaluations: evaluations)
    history.series += [
      SeriesDescription(
        "validation.class.hausdorff", title: "Hausdorff distance", unit: "pixels",
        higherIsBetter: false, format: .fixed(2), about: "The distance of each class.",
        axes: [.classes(classNames)]),
      SeriesDescription(
        "validation.image.kappa", title: "kappa, worst image", higherIsBetter: true,
        about: "The worst images.", axes: [.ranks(2)]),
    ]
    for index in history.rows.indices {
      let number = Double(index + 1)
      let worst = [("b/ü.png", -0.5), ("a.png", 0.125 * number)].map {
        RankedImage(name: $0.0, value: $0.1)
      }
      history.rows[index].values += [
        .numbers([0.5 / number, .nan]), .images(index == 1 ? [worst[0]] : worst),
      ]
    }
    return history
  }

  static func checkpoint(_ number: Int, offset: Float = 0) -> CheckpointContents {
    CheckpointContents(
      point(number),
      tensors: [
        TensorContents(
          group: "parameters", name: "encoder.1.conv.weight", shape: [2, 3],
          values: (0..<6).map { Float($0 + number) + offset }),
        TensorContents(group: "solver/momentum", name: "a", shape: [1], values: [0.25]),
        TensorContents(group: "solver/velocity", name: "a", shape: [1], values: [-0.25]),
        TensorContents(group: "statistics", name: "bn.mean", shape: [0], values: []),
        TensorContents(group: "trained/parameters", name: "a", shape: [1], values: [0.5]),
      ])
  }

  /// Of a training that has done so many steps since an evaluation, 0 for its beginning.
  static func interim(_ steps: Int, after number: Int, attempt: Int = 1) -> CheckpointContents {
    var contents = checkpoint(number, offset: Float(steps))
    let beginning = number == 0 ? 0 : point(number).step
    contents.evaluation = EvaluationPoint(
      step: beginning + steps, epoch: Double(number) + Double(steps) / 10)
    contents.tensors.insert(
      TensorContents(group: "gradients", name: "a", shape: [1], values: [0.125]), at: 0)
    contents.interval = IntervalRecord(
      beginning: beginning, attempt: attempt, seconds: 1.5, lossTotal: 0.1 * Double(steps),
      lossTotals: [0.3, .pi])
    return contents
  }

  static let result = ResultRecord(
    outcome: .finished, cause: nil, bestValue: 0.5, bestEvaluation: point(1), evaluations: 3,
    earlyStop: EarlyStopRecord(
      after: point(3), planned: point(9), series: "validation.mean_iou", best: nil))
  static let pruned = ResultRecord.pruned(
    PruningRecord(
      after: point(1), planned: point(9), pruner: "{\"asha\":{}}", rung: 1,
      reason: "below the best 2 of 6 trials at epoch 1"), best: (0.5, point(1)), evaluations: 1)
  static let failure = ResultRecord(
    outcome: .failed, cause: "the loss is not a number", bestValue: nil, bestEvaluation: nil,
    evaluations: 1)
}

/// Tells whether two histories are equal to the bit; NaN is not equal to itself.
func sameBits(_ first: MetricHistory?, _ second: MetricHistory?) -> Bool {
  guard let first, let second else { return first == nil && second == nil }
  let attempts = first.rows.map(\.attempt) == second.rows.map(\.attempt)
  let seconds =
    first.rows.map { first.seconds(of: $0) } == second.rows.map { second.seconds(of: $0) }
  return attempts && seconds && first.contentDigest == second.contentDigest
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
