internal import Digest
import Foundation
internal import Groundwork
import Measurements
import Tracking
import Trackers
internal import Training

extension MLflowRun {
  /// A run as MLflow says it: every setting is a parameter, every curve a metric by the solver's steps.
  init(_ measured: MeasuredRun) {
    let (run, history) = (measured.run, measured.history)
    let times = WallTimes(run, history)
    func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }
    var hash = SHA256()
    hash.update(run.experiment)
    self.init(
      id: run.id + hash.finalize().prefix(16), name: run.labels.name ?? measured.name,
      experiment: run.experiment, status: Status(run.status),
      startTime: milliseconds(times.startedAt),
      endTime: milliseconds(times.seconds.last ?? times.startedAt))
    for line in TrialSettings(complete: run).lines { parameters[line.path] = line.text }
    for parameter in run.trial.hyperparameters { parameters[parameter.path] = parameter.text }
    parameters["seed"] = "\(run.trial.seed)"
    let stamps = times.seconds.map(milliseconds)
    for column in measured.columns {
      guard let values = history.values(of: column) else { continue }
      metrics[TensorBoardRun.tag(of: column)] = history.rows.indices.map { row in
        Metric(value: values[row], timestamp: stamps[row], step: history.rows[row].step)
      }
    }
    metrics["epoch"] = history.rows.indices.map { row in
      Metric(
        value: history.rows[row].point.epoch, timestamp: stamps[row], step: history.rows[row].step)
    }
    tags = Self.tags(of: measured)
  }

  private static func tags(of measured: MeasuredRun) -> [String: String] {
    let (run, trial) = (measured.run, measured.run.trial)
    var tags = [
      "mlflow.runName": measured.name, "mlflow.source.name": "experiments",
      "mlflow.source.type": "LOCAL", "experiments.run": run.id, "experiments.name": measured.name,
      "experiments.status": run.status.word, "experiments.point": "\(trial.point)",
      "experiments.objective":
        "\(trial.objective.maximize ? "max" : "min") \(trial.objective.metric)",
    ]
    for tag in run.tags where tags[tag] == nil { tags[tag] = "true" }
    if !run.labels.note.isEmpty { tags["mlflow.note.content"] = run.labels.note }
    if let name = run.labels.name { tags["mlflow.runName"] = name }
    if let host = run.attempts.last?.host { tags["experiments.host"] = host }
    if let commit = run.attempts.last?.gitCommit { tags["mlflow.source.git.commit"] = commit }
    return tags
  }
}

extension MLflowRun.Status {
  fileprivate init(_ status: RunStatus) {
    switch status {
    case .finished: self = .finished
    case .failed, .damaged: self = .failed
    case .interrupted, .pruned: self = .killed
    case .running: self = .running
    case .waiting: self = .scheduled
    }
  }
}

extension RecordedPreviews {
  /// Image, truth, last prediction and what is wrong with it, side by side, a PNG an image.
  func lastPredictions() throws -> [(path: String, bytes: Data)] {
    try images.rows.enumerated().map { number, row in
      let drawings = [0, 1, row.drawings.count - 2, row.drawings.count - 1].map { row.drawings[$0] }
      var sheet = ContactSheet(rows: 1, columns: drawings.count, cell: row.size)
      for (column, drawing) in drawings.enumerated() {
        if let drawing { sheet.place(drawing, row: 0, column: column) }
      }
      return ("previews/\(number + 1).png", Data(try ImageFile.png(sheet.raster)))
    }
  }
}
