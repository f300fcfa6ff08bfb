import Foundation
import Measurements
import Tracking

/// A run of which something has been measured, as it goes to other trackers.
struct MeasuredRun {
  let run: RunRecord
  let history: MetricHistory

  /// `camvid/3`
  var name: String { run.name }

  /// The series of single numbers that are shown as curves. Ranked images and what is part of a histogram
  /// are shown otherwise.
  var columns: [HistoryColumn] {
    let edges = Set(RecordedHistograms(history).edges)
    return history.columns.filter { column in
      !edges.contains(column.series.name)
        && (column.place == nil || column.series.axes[0].isNamedByLabels)
        && column.series.axes.first?.name != RecordedHistograms.axis
    }
  }

  /// Which series are no curves and no histograms, a sentence each.
  var leftOut: [String] {
    let shown = Set(columns.map(\.series.name))
    let histograms = RecordedHistograms(history)
    let others = history.series.map(\.name).filter { name in
      !shown.contains(name) && !histograms.names.contains(name) && !histograms.edges.contains(name)
    }
    return others.map { name in "\(name): tables and ranked images have no place there" }
  }

  /// The value of every setting that any of the runs sweeps.
  func values(of paths: [String]) -> [String: String] {
    let settings = Dictionary(
      TrialSettings(complete: run).lines.map { ($0.path, $0.text) }
        + run.trial.hyperparameters.map { ($0.path, $0.text) }
    ) { $1 }
    return settings.filter { paths.contains($0.key) }
  }
}

extension ExportRequest {
  /// The runs with what was measured of them.
  ///
  /// - Throws: ``Failure`` where nothing has been measured of one.
  func measuredRuns() throws(Failure) -> [MeasuredRun] {
    var measured: [MeasuredRun] = []
    for run in runs {
      guard let history = run.history, !history.rows.isEmpty else {
        throw Failure(
          .badInput,
          "error: nothing has been measured of \(run.name) yet: export it after its first evaluation"
        )
      }
      measured.append(MeasuredRun(run: run, history: history))
    }
    return measured
  }
}

extension ExportReport {
  init(_ request: ExportRequest, _ format: String, _ measured: [MeasuredRun]) {
    self.init(request, format)
    runs = measured.map(\.name)
    series = Set(measured.flatMap { $0.history.series.map(\.name) }).count
    evaluations = measured.reduce(0) { $0 + $1.history.rows.count }
  }

  /// Says once what has no place in a format, whatever the number of runs.
  mutating func leaveOut(_ measured: [MeasuredRun]) {
    var said: [String] = []
    for sentence in measured.flatMap(\.leftOut) where !said.contains(sentence) {
      said.append(sentence)
    }
    leftOut = said.isEmpty ? nil : said
  }
}

extension [MeasuredRun] {
  /// The paths that any of them sweeps, in the order in which they come.
  var sweptPaths: [String] {
    var paths: [String] = []
    for path in flatMap({ $0.run.trial.hyperparameters.map(\.path) }) where !paths.contains(path) {
      paths.append(path)
    }
    return paths
  }
}
