internal import Foundation

extension MLflowFolder {
  /// True where a folder looks like MLflow's: an experiment's `meta.yaml` lies in a folder of it, or in it.
  package static func isOne(_ path: String) -> Bool {
    guard let root = try? TrackerFolder(path) else { return false }
    return isExperiment(root)
      || root.folders.contains { name in
        root.folder(name).map(isExperiment) ?? false
      }
  }

  private static func isExperiment(_ folder: TrackerFolder) -> Bool {
    guard let text = try? folder.text("meta.yaml", atMost: metaLimit) else { return false }
    return fields(text)["experiment_id"] != nil
  }

  /// The runs in a folder, or in one experiment of it, that have not been deleted.
  package static func runs(_ path: String) throws(TrackerError) -> [TrackedRun] {
    let root = try TrackerFolder(path)
    var runs: [TrackedRun] = []
    if isExperiment(root) {
      runs = try self.runs(of: root)
    } else {
      for name in root.folders where !skipped.contains(name) && !name.hasPrefix(".") {
        guard let folder = root.folder(name), isExperiment(folder) else { continue }
        runs += try self.runs(of: folder)
      }
    }
    guard !runs.isEmpty else {
      throw TrackerError(
        path, "no run of MLflow lies in it",
        remedy:
          "name the folder mlruns; where MLflow keeps a database, start mlflow server on it and "
          + "name its address, as in http://127.0.0.1:5000")
    }
    return runs
  }

  private static func runs(of folder: TrackerFolder) throws(TrackerError) -> [TrackedRun] {
    let meta = fields(try folder.text("meta.yaml", atMost: metaLimit) ?? "")
    guard meta["lifecycle_stage"] != "deleted" else { return [] }
    let experiment = meta["name"] ?? (folder.path as NSString).lastPathComponent
    var runs: [TrackedRun] = []
    for name in folder.folders where !skipped.contains(name) {
      guard let inner = folder.folder(name),
        let run = try run(inner, named: name, of: experiment)
      else { continue }
      runs.append(run)
    }
    return runs.sorted {
      ($0.startedAt ?? .distantPast, $0.id) < ($1.startedAt ?? .distantPast, $1.id)
    }
  }

  private static func run(
    _ folder: TrackerFolder, named id: String, of experiment: String
  ) throws(TrackerError) -> TrackedRun? {
    guard let text = try folder.text("meta.yaml", atMost: metaLimit) else { return nil }
    let meta = fields(text)
    guard meta["lifecycle_stage"] != "deleted" else { return nil }
    var run = MLflowRun(
      id: meta["run_id"] ?? meta["run_uuid"] ?? id, name: meta["run_name"] ?? id,
      experiment: experiment,
      status: meta["status"].flatMap(status) ?? .finished,
      startTime: meta["start_time"].flatMap { Int($0) } ?? 0,
      endTime: meta["end_time"].flatMap { Int($0) })
    var problems: [String] = []
    for key in folder.folder("metrics")?.filesBelow() ?? [] {
      let text = try folder.text("metrics/\(key)", atMost: metricLimit) ?? ""
      run.metrics[key] = metrics(text, "\(folder.path)/metrics/\(key)", &problems)
    }
    for key in folder.folder("params")?.filesBelow() ?? [] {
      run.parameters[key] = try folder.text("params/\(key)", atMost: metaLimit) ?? ""
    }
    for key in folder.folder("tags")?.filesBelow() ?? [] {
      run.tags[key] = try folder.text("tags/\(key)", atMost: metaLimit) ?? ""
    }
    var tracked = run.tracked
    if meta["run_name"] == nil, let name = run.tags["mlflow.runName"] { tracked.name = name }
    tracked.leftOut = problems
    let artifacts = folder.folder("artifacts")?.filesBelow().count ?? 0
    if artifacts > 0 { tracked.leftOut.append("\(artifacts) artifacts are left out") }
    return tracked
  }

  /// `timestamp value step`; in old files the step is missing, and of five fields the last two name a data
  /// set.
  private static func metrics(
    _ text: String, _ path: String, _ problems: inout [String]
  ) -> [MLflowRun.Metric] {
    var metrics: [MLflowRun.Metric] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy(\.isWhitespace) {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 2, let time = Int(words[0]), let value = Double(words[1]),
        let step = words.count > 2 ? Int(words[2]) : number
      else {
        if problems.count < mostProblems {
          problems.append("\(path):\(number + 1): it is no 'time value step'; the line is left out")
        }
        continue
      }
      metrics.append(MLflowRun.Metric(value: value, timestamp: time, step: step))
    }
    return metrics
  }

  /// By number, or by word in files of MLflow before 0.9.
  private static func status(_ text: String) -> MLflowRun.Status? {
    Int(text).flatMap(MLflowRun.Status.init(rawValue:)) ?? MLflowRun.Status(word: text)
  }

  /// The `key: value` lines of a flat file of YAML, as MLflow writes it: long values go on in lines that are
  /// indented.
  static func fields(_ text: String) -> [String: String] {
    var (fields, key): ([String: String], String?) = ([:], nil)
    for line in text.split(separator: "\n") {
      if line.hasPrefix(" "), let key {
        fields[key, default: ""] += " " + line.trimmingCharacters(in: .whitespaces)
      } else if let colon = line.firstIndex(of: ":") {
        key = String(line[..<colon])
        fields[key ?? ""] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      }
    }
    return fields.compactMapValues(unquoted)
  }

  /// `nil` for `null`.
  private static func unquoted(_ text: String) -> String? {
    guard text != "null", text != "~", !text.isEmpty else { return nil }
    if text.count > 1, text.hasPrefix("'"), text.hasSuffix("'") {
      return String(text.dropFirst().dropLast()).replacing("''", with: "'")
    }
    if text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") {
      let decoded = try? JSONDecoder().decode(String.self, from: Data(text.utf8))
      return decoded ?? String(text.dropFirst().dropLast())
    }
    return text
  }

  /// Folders of other things than experiments and runs.
  private static let skipped: Set = ["tags", "datasets", "traces", "models"]
  private static let metaLimit = 1 << 20
  private static let metricLimit = 1 << 28
  private static let mostProblems = 20
}
