import Foundation
import Measurements
import Testing

@testable import Tracking

/// Writes runs of every kind into a store.
struct StoredRuns {
  let store: FolderStore

  static func id(_ number: Int) -> String {
    "0123456789abcd" + (number < 10 ? "0" : "") + "\(number)"
  }

  /// Three seeds of each point, with another loss for every second one.
  private func trial(
    _ number: Int, of experiment: String, by objective: Objective?, fold: Int?
  ) -> TrialRecord {
    let point = (number - 1) / 3
    let loss = point % 2 == 0 ? "dice" : "cross_entropy"
    let folds = fold.map { ",\"validation\":{\"fold\":\($0),\"folds\":2}" } ?? ""
    var trial = Samples.trial(
      number: number, seed: UInt64(number % 3),
      spec: """
        {"about":"a \\"b\\": c","data":{"ignore":[255],"size":[64,32],"train":"t.txt"\(folds)},
        "evaluation":{"metrics":[{"boundary_f1":{"tolerance":\(1 + point % 2)}},{"mean_iou":{}}]},
        "losses":[{"\(loss)":{"weight":1.0}}],"seed":\(number % 3),
        "solver":{"base_lr":\(0.01 * Double(point + 1)),"nesterov":true,"type":"SGD"},"tags":["a"],
        "training":{"device":"onednn","epochs":3}}
        """)
    trial.experiment = experiment
    trial.replicate = number % 3
    trial.point = point
    trial.writtenSpec = "solver:\n  base_lr: 1e-2\n"
    trial.hyperparameters = [
      Hyperparameter(path: "solver.base_lr", text: "\(point + 1)e-2"),
      Hyperparameter(path: "losses", text: loss),
    ]
    if let fold {
      trial.hyperparameters.append(
        Hyperparameter(path: TrialRecord.foldPath, text: "\(fold)"))
    }
    if let objective { trial.objective = objective }
    return trial
  }

  private func begin(
    _ number: Int, of experiment: String = Samples.experiment, by objective: Objective? = nil,
    fold: Int? = nil
  ) throws -> any RunWriter {
    try store.prepare(
      trial(number, of: experiment, by: objective, fold: fold), id: Self.id(number))
    let writer = try store.open(Self.id(number), experiment: experiment)
    var provenance = Samples.provenance()
    provenance.startedAt = "2026-01-0\(1 + number % 7)T00:00:00Z"
    provenance.host = "host-\(number % 2)"
    provenance.data = [
      .init(name: "train", samples: 30, sha256: "ab"),
      .init(name: "validation", samples: 10, sha256: fold == 2 ? "dd" : "cd"),
      .init(name: "list", samples: 40, sha256: "ef"),
    ]
    try writer.beginAttempt(provenance)
    return writer
  }

  private func history(_ number: Int) -> MetricHistory {
    var history = Samples.detailedHistory(evaluations: 3)
    for index in history.rows.indices {
      let value = Double((7 * number + 3 * index) % 11) / 11
      history.rows[index].values[0] = .number(index == 0 && number == 2 ? .nan : value)
      history.rows[index].values[1] = .number(1 - value)
    }
    return history
  }

  func finished(
    _ number: Int, of experiment: String = Samples.experiment, by objective: Objective? = nil,
    fold: Int? = nil, stopsEarly: Bool = false
  ) throws {
    let writer = try begin(number, of: experiment, by: objective, fold: fold)
    try writer.commit(history(number), checkpoint: nil, isBest: false, isLast: false)
    var result = Samples.result
    if !stopsEarly { result.earlyStop = nil }
    try writer.finish(result)
  }

  func failed(_ number: Int) throws {
    let writer = try begin(number)
    try writer.commit(history(number), checkpoint: nil, isBest: false, isLast: false)
    try writer.finish(Samples.failure)
  }

  func waiting(_ number: Int) throws {
    try store.prepare(
      trial(number, of: Samples.experiment, by: nil, fold: nil), id: Self.id(number))
  }

  func running(_ number: Int) throws -> any RunWriter { try begin(number) }

  func interrupted(_ number: Int) throws {
    let writer = try begin(number)
    try writer.commit(history(number), checkpoint: nil, isBest: false, isLast: false)
  }

  func damaged(_ number: Int, file: String) throws {
    try finished(number)
    let path = store.folder(of: Self.id(number), experiment: Samples.experiment) + "/" + file
    try Data("damaged".utf8).write(to: URL(fileURLWithPath: path))
  }

  func imported(_ number: Int) throws {
    var trial = trial(number, of: Samples.experiment, by: nil, fold: nil)
    trial.origin = OriginRecord(tool: "MLflow", source: "mlruns", run: "1", name: "one", facts: [:])
    trial.resolvedSpec = #"{"params":{"lr":"0.1"}}"#
    try store.prepare(trial, id: Self.id(number))
    let writer = try store.open(Self.id(number), experiment: Samples.experiment)
    try writer.beginAttempt(Samples.provenance())
    try writer.commit(
      Samples.history(evaluations: 2), checkpoint: nil, isBest: false, isLast: false)
    try writer.finish(Samples.result)
  }

  func test(_ number: Int, name: String, value: Double) throws {
    let id = Self.id(number)
    let run = try #require(try store.run(id, experiment: Samples.experiment))
    let facts = TestRecord.Facts(
      name: name, startedAt: "2026-02-01T00:00:00Z",
      checkpoint: CheckpointRecord(
        name: "best", file: "", bytes: 0, sha256: "", evaluation: Samples.point(1)),
      list: nil, data: [], overrides: [], build: Samples.provenance().build,
      machine: Samples.provenance().machine, threads: 1)
    let measured = [Measurement(Samples.series[1], value), Measurement(Samples.series[2], 0.5)]
    _ = try store.add(TestRecord(facts, measurements: measured), to: run)
  }
}
