internal import Foundation

/// Runs as the files that MLflow kept before it took a database: `<experiment>/<run>/meta.yaml`, with a file
/// for every metric, parameter and tag. `mlflow migrate-filestore` takes it into a database.
package enum MLflowFolder {
  /// The number of an experiment of that name, as its folder is called.
  package static func identifier(ofExperiment name: String) -> String {
    // FNV-1a (Fowler, Noll and Vo, 1991): a name has the same number in every export.
    let hash = name.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let digits = String(hash % 1_000_000_000_000_000_000)
    return "1" + String(repeating: "0", count: 18 - digits.count) + digits
  }

  /// The file of an experiment: its path in the folder and its text.
  ///
  /// - Parameter root: where the folder will lie.
  package static func experimentFile(
    _ name: String, createdAt time: Int, root: String
  ) -> (path: String, text: String) {
    let id = identifier(ofExperiment: name)
    return (
      "\(id)/meta.yaml",
      """
      artifact_location: \(quoted(uri("\(root)/\(id)")))
      creation_time: \(time)
      experiment_id: '\(id)'
      last_update_time: \(time)
      lifecycle_stage: active
      name: \(quoted(name))

      """
    )
  }

  /// The files of a run, as paths in the folder and texts.
  package static func files(of run: MLflowRun, root: String) -> [(path: String, text: String)] {
    let experiment = identifier(ofExperiment: run.experiment)
    let place = folder(of: run)
    let meta = """
      artifact_uri: \(quoted(uri("\(root)/\(place)/artifacts")))
      end_time: \(run.endTime.map { "\($0)" } ?? "null")
      entry_point_name: ''
      experiment_id: '\(experiment)'
      lifecycle_stage: active
      run_id: \(run.id)
      run_name: \(quoted(run.name))
      run_uuid: \(run.id)
      source_name: ''
      source_type: 4
      source_version: ''
      start_time: \(run.startTime)
      status: \(run.status.rawValue)
      tags: []
      user_id: ''

      """
    var files = [("\(place)/meta.yaml", meta)]
    let (metricNames, parameterNames) = (run.metrics.keys.sorted(), run.parameters.keys.sorted())
    for (name, key) in zip(metricNames, MLflowKey.unique(metricNames)) {
      let lines = (run.metrics[name] ?? []).map {
        "\($0.timestamp) \(text($0.value)) \($0.step)\n"
      }
      files.append(("\(place)/metrics/\(key)", lines.joined()))
    }
    for (name, key) in zip(parameterNames, MLflowKey.unique(parameterNames)) {
      files.append(("\(place)/params/\(key)", run.parameters[name] ?? ""))
    }
    for (name, key) in zip(run.tags.keys.sorted(), MLflowKey.unique(run.tags.keys.sorted())) {
      files.append(("\(place)/tags/\(key)", run.tags[name] ?? ""))
    }
    return files
  }

  /// Where a run lies in the folder.
  package static func folder(of run: MLflowRun) -> String {
    "\(identifier(ofExperiment: run.experiment))/\(run.id)"
  }

  /// True for the paths of files that an export writes.
  package static func isOwn(_ path: String) -> Bool {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.count >= 2, parts[0].allSatisfy(\.isNumber) else { return false }
    if parts.count == 2 { return parts[1] == "meta.yaml" }
    return isRun(parts[1])
      && (parts[2] == "meta.yaml"
        || ["metrics", "params", "tags", "artifacts"].contains(parts[2]) && parts.count > 3)
  }

  /// True for the names of runs' folders.
  static func isRun(_ name: String) -> Bool {
    name.count == 32 && name.allSatisfy { "0123456789abcdef".contains($0) }
  }

  /// As Python reads it.
  static func text(_ value: Double) -> String {
    value.isNaN ? "nan" : value.isInfinite ? (value < 0 ? "-inf" : "inf") : "\(value)"
  }

  private static func uri(_ path: String) -> String { URL(fileURLWithPath: path).absoluteString }

  /// A text of YAML that means itself, on one line.
  private static func quoted(_ text: String) -> String {
    let line = text.map { $0.isNewline ? " " : $0 }
    return "'" + String(line).replacing("'", with: "''") + "'"
  }
}
