import Foundation
import Measurements
import Tracking

/// Every value of every evaluation of runs as one table, for spreadsheets and data frames. What `compare`
/// writes is one row a run, and what `show --json` prints is no table.
struct CSVFormat: ExportFormat {
  let name = "csv"
  let about = "every measured value of every evaluation, a line each"
  let ending = ".csv"
  let options: Set<ExportOption> = []
  let takesSeveral = true

  func export(_ request: ExportRequest) throws -> ExportReport {
    let measured = try request.measuredRuns()
    let table = MetricsTable(measured.map { ($0.name, $0.history) })
    try ExportedFile(request.file, text: table.csv).write(to: request.file)
    return ExportReport(request, name, measured)
  }
}

/// A line for each number of each evaluation: `run,step,epoch,attempt,series,class,…,value`, with a column for
/// every axis that a series has (`class`, `truth`, `prediction`, `rank`) and one for the name of an image
/// where images are ranked. What a series has no such axis of is empty; a value that means nothing is `nan`.
struct MetricsTable {
  private let runs: [(name: String, history: MetricHistory)]
  /// The names of all axes, in the order in which they come.
  private let axes: [String]
  private let hasImages: Bool

  init(_ runs: [(name: String, history: MetricHistory)]) {
    self.runs = runs
    var axes: [String] = []
    for axis in runs.flatMap(\.history.series).flatMap(\.axes) where !axes.contains(axis.name) {
      axes.append(axis.name)
    }
    self.axes = axes
    hasImages = runs.contains { run in
      run.history.rows.contains { row in row.values.contains { $0.images != nil } }
    }
  }

  var csv: String {
    let header =
      ["run", "step", "epoch", "attempt", "series"] + axes + (hasImages ? ["image"] : [])
    var text = CSVText.line(header + ["value"])
    for (name, history) in runs {
      for row in history.rows {
        let start = [name, "\(row.step)", "\(row.point.epoch)", "\(row.attempt)"]
        for (series, values) in zip(history.series, row.values) {
          add(start + [series.name], series, values, to: &text)
        }
      }
    }
    return text
  }

  private func add(
    _ start: [String], _ series: SeriesDescription, _ values: MeasuredValues, to text: inout String
  ) {
    // Fewer images may have been ranked than the axis is long.
    let count = values.images?.count ?? series.count
    for place in 0..<count {
      let labels = labels(of: series, at: place)
      let image = hasImages ? [values.images?[place].name ?? ""] : []
      let value = values.counts.map { "\($0[place])" } ?? "\(values[place])"
      text += CSVText.line(start + axes.map { labels[$0] ?? "" } + image + [value])
    }
  }

  /// What stands along each axis at a place of the flat array.
  private func labels(of series: SeriesDescription, at place: Int) -> [String: String] {
    var (labels, rest): ([String: String], Int) = ([:], place)
    for axis in series.axes.reversed() {
      labels[axis.name] = axis.labels[rest % axis.labels.count]
      rest /= axis.labels.count
    }
    return labels
  }
}
