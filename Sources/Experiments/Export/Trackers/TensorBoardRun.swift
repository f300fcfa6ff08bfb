import Foundation
internal import Groundwork
import Measurements
import Tracking
import Trackers

/// What TensorBoard shows of a run, as events in the order of the steps.
struct TensorBoardRun {
  let measured: MeasuredRun
  private let times: WallTimes
  private let hyperparameters: [String: String]

  /// - Parameter sweptPaths: those of all runs that are shown together.
  init(_ measured: MeasuredRun, sweptPaths: [String]) {
    self.measured = measured
    times = WallTimes(measured.run, measured.history)
    hyperparameters = measured.values(of: sweptPaths)
  }

  /// The name that TensorBoard expects, which follows from the record.
  var fileName: String {
    let digits = "\(max(0, Int(times.startedAt)))"
    let seconds = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    return "events.out.tfevents.\(seconds).\(measured.run.id)"
  }

  var firstEvent: Event { Event(wallTime: times.startedAt, step: 0, fileVersion: Event.version) }

  func events(previews: RecordedPreviews?) throws -> [Event] {
    let (history, columns) = (measured.history, measured.columns)
    let histograms = RecordedHistograms(history)
    var events = [Event(wallTime: times.startedAt, step: 0, values: beginning)]
    let curves = columns.compactMap { column in history.values(of: column).map { (column, $0) } }
    for (row, evaluation) in history.rows.enumerated() {
      var values = [Event.Value("epoch", .scalar(evaluation.point.epoch))]
      values += curves.map { column, numbers in
        Event.Value(
          Self.tag(of: column), .scalar(numbers[row]), about: row == 0 ? column.series.about : "")
      }
      values += histograms.histograms.map { histogram in
        let bins = histograms.bins(of: histogram, inRow: row).map {
          TrackedHistogram.Bin(lower: $0.lower, upper: $0.upper, count: $0.count)
        }
        return Event.Value(histogram.name, .histogram(bins), about: row == 0 ? histogram.about : "")
      }
      values += try images(of: previews, evaluation.point, isLast: row == history.rows.count - 1)
      events.append(Event(wallTime: times.seconds[row], step: evaluation.step, values: values))
    }
    events.append(
      Event(
        wallTime: times.seconds.last ?? times.startedAt, step: history.rows.last?.step ?? 0,
        values: ending))
    return events
  }

  /// The columns of the table of hyperparameters, and the metrics beside them.
  static func table(of runs: [TensorBoardRun], _ paths: [String]) -> Event {
    let columns = paths.map { path in
      var values: [HyperparameterValue] = []
      for value in runs.compactMap({ $0.hyperparameters[path].map(HyperparameterValue.init) })
      where !values.contains(value) {
        values.append(value)
      }
      return HyperparameterRecord.Column(name: path, values: values)
    }
    var tags: [String] = []
    for column in runs.flatMap(\.principalColumns) where !tags.contains(tag(of: column)) {
      tags.append(tag(of: column))
    }
    let record = HyperparameterRecord.experiment(hyperparameters: columns, metrics: tags)
    return Event(
      wallTime: runs.first?.times.startedAt ?? 0, step: 0,
      values: [Event.Value(record.tag, .hyperparameters(record))])
  }

  // MARK: - Parts

  /// `validation/mean_iou`: TensorBoard puts what has a part in common into one group.
  static func tag(of column: HistoryColumn) -> String {
    guard let place = column.place else {
      return column.name.replacing(".", with: "/")
    }
    let label = column.series.axes[0].labels[place]
    let stem = column.name.dropLast(label.count + 1)
    return "\(stem.replacing(".", with: "/"))/\(label)"
  }

  /// The objective first, then what narrow tables show.
  private var principalColumns: [HistoryColumn] {
    let objective = measured.run.trial.objective.metric
    let columns = measured.columns
    return columns.filter { $0.name == objective }
      + columns.filter { $0.name != objective && $0.place == nil && $0.series.isPrincipal }
  }

  private var beginning: [Event.Value] {
    let start = HyperparameterRecord.start(
      values: hyperparameters.mapValues(HyperparameterValue.init),
      group: "\(measured.run.experiment) point \(measured.run.trial.point)",
      startedAt: times.startedAt)
    let trial = measured.run.trial
    var values = hyperparameters.isEmpty ? [] : [Event.Value(start.tag, .hyperparameters(start))]
    let written = trial.writtenSpec.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "    \($0)" }.joined(separator: "\n")
    if !trial.writtenSpec.isEmpty { values.append(Event.Value("spec", .text([written]))) }
    let labels = measured.run.labels
    if !labels.note.isEmpty { values.append(Event.Value("note", .text([labels.note]))) }
    var facts = [
      ("run", measured.name), ("id", measured.run.id), ("seed", "\(trial.seed)"),
      ("status", measured.run.status.word),
      (
        "objective",
        "\(trial.objective.metric), \(trial.objective.maximize ? "higher" : "lower") is better"
      ),
    ]
    if let name = labels.name { facts.append(("name", name)) }
    if !measured.run.tags.isEmpty {
      facts.append(("tags", measured.run.tags.joined(separator: ", ")))
    }
    let table = facts.map { "| \($0.0) | `\($0.1)` |" }.joined(separator: "\n")
    values.append(Event.Value("run", .text(["| | |\n|---|---|\n" + table])))
    return values
  }

  private var ending: [Event.Value] {
    guard !hyperparameters.isEmpty else { return [] }
    let status: HyperparameterStatus =
      switch measured.run.status {
      case .finished, .pruned: .success
      case .failed, .damaged: .failure
      case .running: .running
      case .waiting, .interrupted: .unknown
      }
    let end = HyperparameterRecord.end(status, endedAt: times.seconds.last)
    return [Event.Value(end.tag, .hyperparameters(end))]
  }

  /// Image and truth with the first prediction, what is wrong with the last.
  private func images(
    of previews: RecordedPreviews?, _ point: EvaluationPoint, isLast: Bool
  ) throws -> [Event.Value] {
    guard let images = previews?.images else { return [] }
    let predictions = images.columns.indices.filter {
      if case .prediction(point) = images.columns[$0] { true } else { false }
    }
    let isFirst = images.columns.dropFirst(2).first == .prediction(point)
    let others = images.columns.indices.filter { place in
      switch images.columns[place] {
      case .image, .truth: isFirst
      case .difference: isLast
      case .prediction, .run, .change: false
      }
    }
    return try images.rows.flatMap { row in
      try (others + predictions).compactMap { place in
        guard let drawing = row.drawings[place] else { return nil }
        let word =
          switch images.columns[place] {
          case .image: "image"
          case .truth: "truth"
          case .prediction, .run: "prediction"
          case .difference, .change: "wrong"
          }
        return Event.Value(
          "previews/\(row.name)/\(word)",
          .images(
            width: drawing.size.width, height: drawing.size.height, [try ImageFile.png(drawing)]))
      }
    }
  }
}
