import Foundation
import Measurements

@testable import Tracking

/// Records made by hand.
enum SampleRuns {
  /// - Parameter version: which definition of the mean IoU its values are of.
  static func series(_ classNames: [String], version: Int = 1) -> [SeriesDescription] {
    [
      SeriesDescription("training.loss", title: "training loss", higherIsBetter: false, about: ""),
      SeriesDescription(
        "validation.mean_iou", title: "mean IoU", aliases: ["iou"], higherIsBetter: true, about: "",
        version: version, isPrincipal: true),
      SeriesDescription(
        "validation.mean_dice", title: "mean Dice", higherIsBetter: true, about: "",
        isPrincipal: true),
      SeriesDescription(
        "validation.class.iou", title: "IoU", higherIsBetter: true, about: "",
        axes: [.classes(classNames)], summary: "validation.mean_iou"),
      SeriesDescription(
        "validation.loss", title: "validation loss", higherIsBetter: false, about: "",
        isPrincipal: true),
      SeriesDescription(
        "training.seconds", title: "training time", unit: "s", about: "", isWallTime: true),
    ]
  }

  /// - Parameter meanIoU: of each evaluation; the other values follow from it.
  static func history(
    _ meanIoU: [Double], seconds: Double = 30, classNames: [String] = ["cell"], version: Int = 1
  ) -> MetricHistory {
    let rows = meanIoU.enumerated().map { index, value in
      MetricHistory.Row(
        EvaluationPoint(step: 10 * (index + 1), epoch: Double(index + 1)),
        values: [
          .number(1 - value), .number(value), .number(value + 0.1),
          .numbers(classNames.map { _ in value }), .number(1.5 - value), .number(seconds + 2),
        ], tensorDigests: [UInt64(index)], attempt: 1)
    }
    return MetricHistory(
      series: series(classNames, version: version), tensorNames: ["head.weight"], rows: rows)
  }

  static func run(
    _ number: Int, of experiment: String = "cells", id: String? = nil,
    _ hyperparameters: [(String, String)] = [], seed: UInt64 = 7, point: Int? = nil,
    objective: Objective = Objective(metric: "validation.mean_iou", maximize: true),
    spec: String? = nil, status: RunStatus = .finished, meanIoU: [Double]? = nil,
    begun: String? = nil, validation: String? = nil, list: String? = nil,
    classNames: [String] = ["cell"], version: Int = 1, damage: [String] = [],
    result: ResultRecord? = nil
  ) -> RunRecord {
    let trial = TrialRecord(
      experiment: experiment, number: number,
      hyperparameters: hyperparameters.map { Hyperparameter(path: $0, text: $1) }, seed: seed,
      replicate: 0, point: point ?? number, objective: objective, writtenSpec: "",
      specName: "cells.yaml", overrides: [],
      resolvedSpec: spec ?? resolvedSpec(hyperparameters, seed: seed))
    return RunRecord(
      id: id ?? self.id(number), experiment: experiment, number: number, trial: trial,
      status: status,
      history: meanIoU.map { history($0, classNames: classNames, version: version) },
      checkpoints: [],
      attempts: begun != nil || validation != nil
        ? [attempt(at: begun ?? "2026-03-01T00:00:00Z", validation: validation, list: list)] : [],
      result: result, damage: damage)
  }

  /// A spec with the values of the sweep in it.
  private static func resolvedSpec(_ values: [(String, String)], seed: UInt64) -> String {
    var sections: [String: [String: Any]] = ["solver": ["weight_decay": 0.1]]
    var entries: [String: Any] = ["seed": Int(seed)]
    for (path, text) in values where path != TrialRecord.foldPath {
      let value: Any = Double(text) ?? text
      let parts = path.split(separator: ".").map(String.init)
      if parts.count == 2 {
        sections[parts[0], default: [:]][parts[1]] = value
      } else {
        entries[path] = value
      }
    }
    entries.merge(sections) { $1 }
    let data = try? JSONSerialization.data(withJSONObject: entries, options: .sortedKeys)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  /// 16 digits that begin with those of the number, twice: `1111…`, `1212…`.
  static func id(_ number: Int) -> String {
    String(String(repeating: String(number, radix: 16), count: 16).prefix(16))
  }

  private static func attempt(
    at time: String, validation: String?, list: String?
  ) -> ProvenanceRecord {
    ProvenanceRecord(
      attempt: 1, startedAt: time, host: "host",
      build: ProvenanceRecord.Build(
        version: "1", executable: "", compiler: "", configuration: "debug"),
      machine: ProvenanceRecord.Machine(
        processor: "", cores: 2, instructionSet: "", kernel: "", libc: ""),
      threads: 1, libraries: [], environment: [:],
      data: (validation.map { [.init(name: "validation", samples: 2, sha256: $0)] } ?? [])
        + (list.map { [.init(name: "list", samples: 4, sha256: $0)] } ?? []),
      gitCommit: nil, resumedAfter: nil)
  }
}

extension Comparison {
  /// A row for every run.
  init(each runs: [RunRecord]) {
    var request = ComparisonRequest()
    request.grouping = .runs
    do {
      try self.init(runs, request)
    } catch {
      preconditionFailure("nothing was named: \(error)")
    }
  }
}
