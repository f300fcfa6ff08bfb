package import Foundation

extension MLflowServer {
  /// A file that goes to a run's artifacts.
  package struct Artifact: Sendable {
    package let path: String
    package let bytes: Data

    package init(_ path: String, _ bytes: Data) { (self.path, self.bytes) = (path, bytes) }
  }

  package struct Receipt: Sendable, Equatable {
    /// As the server calls the run.
    package var id: String
    package var experiment: String
    /// True where the server had all of it already.
    package var wasThere = false
    /// Why artifacts were not sent; `nil` where they were.
    package var artifactsLeftOut: String?
  }

  /// Which of the server's runs are exports of which of ours.
  static let sourceTag = "experiments.run"
  /// What was sent whole: a digest of it.
  static let completeTag = "experiments.sent"

  /// Sends a run. One that the server has in part, because an earlier command was stopped, is completed; one
  /// that it has whole is left as it is.
  ///
  /// - Parameters:
  ///   - source: tells this run from all others.
  ///   - digest: differs where what is sent differs.
  package func send(
    _ run: MLflowRun, source: String, digest: String, artifacts: () throws -> [Artifact]
  ) throws -> Receipt {
    let experiment = try experiment(named: run.experiment)
    var info = try found(source, in: experiment)
    if let info, info.tags[Self.completeTag] == digest {
      return Receipt(id: info.id, experiment: experiment, wasThere: true)
    }
    if info == nil { info = try created(run, source: source, in: experiment) }
    guard let info else { preconditionFailure("a run was neither found nor made") }
    try log(run, as: info.id)
    var receipt = Receipt(id: info.id, experiment: experiment)
    let place = info.artifacts
    let scheme = "mlflow-artifacts:/"
    if place.hasPrefix(scheme) {
      let folder = place.dropFirst(scheme.count).drop { $0 == "/" }
      for artifact in try artifacts() { try put(artifact.bytes, "\(folder)/\(artifact.path)") }
    } else {
      receipt.artifactsLeftOut =
        "the server keeps artifacts at \(place), which this program cannot write: start it with "
        + "--artifacts-destination"
    }
    let _: Empty = try post(
      "runs/update",
      Update(run_id: info.id, status: run.status.word, end_time: run.endTime))
    let _: Empty = try post(
      "runs/set-tag", Tag(run_id: info.id, key: Self.completeTag, value: digest))
    return receipt
  }

  // MARK: - Experiment and run

  private func experiment(named name: String) throws(TrackerError) -> String {
    struct Search: Encodable { var filter: String, max_results = 10, view_type = "ALL" }
    struct Found: Decodable {
      var experiments: [Entry]?
      struct Entry: Decodable { var experiment_id: String, name: String, lifecycle_stage: String? }
    }
    struct New: Encodable { var name: String }
    struct Made: Decodable { var experiment_id: String }
    let filter = "name = '\(name.replacing("'", with: "''"))'"
    let found: Found = try post("experiments/search", Search(filter: filter))
    if let entry = found.experiments?.first(where: { $0.name == name }) {
      guard entry.lifecycle_stage != "deleted" else {
        throw TrackerError(
          "\(address)", "its experiment '\(name)' was deleted",
          remedy: "restore it with mlflow experiments restore -x \(entry.experiment_id)")
      }
      return entry.experiment_id
    }
    let made: Made = try post("experiments/create", New(name: name))
    return made.experiment_id
  }

  private struct Known {
    var id: String
    var artifacts: String
    var tags: [String: String]
  }

  private func found(_ source: String, in experiment: String) throws(TrackerError) -> Known? {
    struct Search: Encodable { var experiment_ids: [String], filter: String, max_results = 1 }
    let search = Search(
      experiment_ids: [experiment], filter: "tags.`\(Self.sourceTag)` = '\(source)'")
    let answer: MLflowAnswer.Runs = try post("runs/search", search)
    return answer.runs?.first.map { run in
      Known(
        id: run.info.run_id, artifacts: run.info.artifact_uri ?? "",
        tags: MLflowAnswer.dictionary(run.data?.tags))
    }
  }

  /// The tag that it is found by is made together with it: one that was made and whose answer was lost is
  /// found instead of made again.
  private func created(
    _ run: MLflowRun, source: String, in experiment: String
  ) throws(TrackerError) -> Known {
    struct New: Encodable {
      var experiment_id: String, run_name: String, start_time: Int, tags: [KeyValue]
    }
    struct Made: Decodable { var run: MLflowAnswer.Run }
    let new = New(
      experiment_id: experiment, run_name: run.name, start_time: run.startTime,
      tags: [KeyValue(key: Self.sourceTag, value: source)])
    do throws(TrackerError) {
      let made: Made = try post("runs/create", new, repeats: false)
      return Known(
        id: made.run.info.run_id, artifacts: made.run.info.artifact_uri ?? "", tags: [:])
    } catch {
      guard let found = try found(source, in: experiment) else { throw error }
      return found
    }
  }

  // MARK: - Values

  /// In batches of what a server takes at once.
  private func log(_ run: MLflowRun, as id: String) throws(TrackerError) {
    for batch in MLflowBatch.batches(of: run) {
      var batch = batch
      batch.run_id = id
      let _: Empty = try post("runs/log-batch", batch)
    }
  }

  private struct Empty: Decodable {}
  private struct Update: Encodable { var run_id: String, status: String, end_time: Int? }
  private struct Tag: Encodable { var run_id: String, key: String, value: String }
}

struct KeyValue: Codable, Hashable {
  var key: String
  var value: String
}
