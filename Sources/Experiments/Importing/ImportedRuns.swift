internal import Digest
import Foundation
import Measurements
import Tracking
import Trackers

/// The runs of a tracker as runs of this program: read-only, without weights, judged by a series that they
/// have.
struct ImportedRuns {
  /// `MLflow`
  let tool: String
  /// The last component of the path, or the address.
  let source: String
  private let options: ImportOptions

  init(_ tool: String, from source: String, _ options: ImportOptions) {
    (self.tool, self.options) = (tool, options)
    let isAddress = source.contains("://")
    self.source =
      isAddress ? source : URL(fileURLWithPath: source).standardizedFileURL.lastPathComponent
  }

  /// - Throws: ``Failure`` where nothing was measured that could be compared.
  func contents(of runs: [TrackedRun]) throws(Failure) -> [RunContents] {
    var contents: [RunContents] = []
    let groups = Dictionary(grouping: runs) { experiment(of: $0) }
    for (experiment, runs) in groups.sorted(by: { $0.key < $1.key }) {
      contents += try self.contents(of: runs, experiment)
    }
    guard !contents.isEmpty else {
      throw Failure(
        .badInput,
        "error: \(source): none of its \(runs.count) runs has a metric or a histogram: nothing is "
          + "imported")
    }
    return contents
  }

  private func experiment(of run: TrackedRun) -> String {
    options.name
      ?? ImportOptions.experiment(run.group ?? (source as NSString).deletingPathExtension)
  }

  private func contents(
    of runs: [TrackedRun], _ experiment: String
  ) throws(Failure) -> [RunContents] {
    let metrics = Set(runs.flatMap { Array($0.series.keys) + Array($0.histograms.keys) })
    try requireNames(in: metrics)
    let names = SeriesName.names(of: metrics.sorted(), renamed: options.renamed)
    var measured: [(run: TrackedRun, history: ImportedHistory)] = []
    for run in runs {
      let history = try ImportedHistory(run, names: names)
      if !history.history.rows.isEmpty { measured.append((run, history)) }
    }
    let objective = try objective(of: measured.map(\.history.history))
    let parameters = ImportedParameters(measured.map(\.run.parameters))
    return measured.enumerated().map { index, found in
      let point = parameters.points[index]
      var trial = TrialRecord(
        experiment: experiment, number: index + 1,
        hyperparameters: parameters.hyperparameters(of: index), seed: parameters.seed(of: index),
        replicate: point.replicate, point: point.number, objective: objective, writtenSpec: "",
        specName: source, overrides: [], resolvedSpec: parameters.resolved(index),
        settingsID: Self.digest(parameters.settings(index)))
      trial.origin = origin(of: found.run, notes: found.history.notes)
      var contents = RunContents(
        id: Self.digest([tool, found.run.group ?? "", found.run.id].joined(separator: "\n")),
        trial: trial)
      contents.history = found.history.history
      contents.labels = RunLabels(
        nearest: label(of: found.run), tags: found.run.tags, note: found.run.note)
      contents.result = result(of: found.run, found.history.history, objective)
      return contents
    }
  }

  private func requireNames(in metrics: Set<String>) throws(Failure) {
    for metric in options.renamed.keys.sorted() where !metrics.contains(metric) {
      let nearest = NearestNames.of(metric, among: metrics.sorted()).first
      throw Failure(
        .badInput,
        "error: --series \(metric): there is no such metric in \(source)"
          + (nearest.map { ": did you mean '\($0)'?" } ?? ""))
    }
  }

  // MARK: - Facts

  private func origin(of run: TrackedRun, notes: [String]) -> OriginRecord {
    let formatter = ISO8601DateFormatter()
    return OriginRecord(
      tool: tool, source: source, run: run.id, name: run.name, group: run.group,
      startedAt: run.startedAt.map(formatter.string), endedAt: run.endedAt.map(formatter.string),
      facts: run.facts, leftOut: run.leftOut + notes)
  }

  /// The name of the run there, where it is more than its number.
  private func label(of run: TrackedRun) -> String { run.name == run.id ? "" : run.name }

  private func result(
    of run: TrackedRun, _ history: MetricHistory, _ objective: Objective
  ) -> ResultRecord {
    let best = history.best(of: objective)
    let cause: String? =
      switch run.status {
      case .finished, .unknown: nil
      case .failed(let word): "\(tool) says \(word)"
      case .running: "it was running in \(tool) when it was imported"
      }
    return ResultRecord(
      outcome: cause == nil ? .finished : .failed, cause: cause, bestValue: best?.value,
      bestEvaluation: best?.point, evaluations: history.rows.count)
  }

  /// What is named, or else what most runs have: a validation metric of which more is better, a loss.
  private func objective(of histories: [MetricHistory]) throws(Failure) -> Objective {
    var counts: [String: Int] = [:]
    for column in histories.flatMap(\.columns) { counts[column.name, default: 0] += 1 }
    if let named = options.objective {
      if counts[named.metric] != nil { return named }
      let nearest = NearestNames.of(named.metric, among: counts.keys.sorted()).first
      throw Failure(
        .badInput,
        "error: no run of \(source) has the series '\(named.metric)'"
          + (nearest.map { ": did you mean '\($0)'?" } ?? ""))
    }
    func rank(_ name: String) -> (Int, Int, Int, String) {
      let isValidation = name.hasPrefix(SeriesDescription.validation + ".")
      let direction = SeriesName.higherIsBetter(name)
      let kind = direction == true ? 0 : direction == false ? 1 : 2
      let isMean = name.hasSuffix("mean_iou") ? 0 : 1
      return (isValidation ? kind : kind + 3, isMean, -(counts[name] ?? 0), name)
    }
    let best = counts.keys.min { rank($0) < rank($1) } ?? "\(SeriesDescription.validation).loss"
    return Objective(metric: best, maximize: SeriesName.higherIsBetter(best) ?? false)
  }

  /// 16 hexadecimal digits.
  private static func digest(_ text: String) -> String {
    var hash = SHA256()
    hash.update(text)
    return String(hash.finalize().prefix(16))
  }
}
