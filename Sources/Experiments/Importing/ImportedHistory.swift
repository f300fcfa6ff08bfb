import Measurements
import Tracking
import Trackers

/// What a tracker has measured of a run, as a history: a row for every step that anything was measured at.
struct ImportedHistory {
  let history: MetricHistory
  /// What is left out or changed, a sentence each.
  private(set) var notes: [String] = []

  /// - Parameter names: of the metrics and histograms of all runs that are imported together.
  /// - Throws: ``Failure`` where there are more values than a record holds.
  init(_ run: TrackedRun, names: [String: String]) throws(Failure) {
    var notes: [String] = []
    var columns: [(series: SeriesDescription, values: [Double: MeasuredValues])] = []
    var epochs: [Double: Double] = [:]
    for (metric, series) in run.series.sorted(by: { $0.key < $1.key }) {
      let (points, repeated) = series.sorted
      let kept = points.filter { $0.step >= 0 && $0.step <= Self.lastStep }
      if repeated > 0 {
        notes.append("\(metric): \(repeated) steps were written again; the last value counts")
      }
      if kept.count < points.count {
        notes.append(
          "\(metric): \(points.count - kept.count) values of negative steps are left out")
      }
      guard metric != "epoch" else {
        epochs = Dictionary(kept.map { ($0.step, $0.value) }) { $1 }
        continue
      }
      guard !kept.isEmpty, let name = names[metric] else { continue }
      columns.append(
        (
          Self.description(name, metric, series.about),
          Dictionary(kept.map { ($0.step, MeasuredValues.number($0.value)) }) { $1 }
        ))
    }
    for (metric, histograms) in run.histograms.sorted(by: { $0.key < $1.key }) {
      guard let name = names[metric] else { continue }
      columns +=
        ImportedHistograms(histograms.filter { $0.step >= 0 }, name, metric, &notes).columns
    }
    let steps = Set(columns.flatMap(\.values.keys)).union(epochs.keys).sorted()
    let width = columns.reduce(0) { $0 + $1.series.count }
    guard steps.count.multipliedReportingOverflow(by: max(1, width)).partialValue <= Self.mostValues
    else {
      throw Failure(
        .badInput,
        "error: \(run.name): \(steps.count) steps of \(width) values are more than a record holds: import "
          + "the folders of its runs one by one, or write fewer steps there")
    }
    let points = Self.points(steps, epochs)
    let rows = zip(steps, points).map { step, point in
      MetricHistory.Row(
        point, values: columns.map { $0.values[step] ?? Self.missing($0.series) },
        tensorDigests: [], attempt: 1)
    }
    history = MetricHistory(series: columns.map(\.series), tensorNames: [], rows: rows)
    self.notes = notes
  }

  /// The last that a double counts exactly.
  private static let lastStep = Double(1 << 53)
  private static let mostValues = 20_000_000

  private static func missing(_ series: SeriesDescription) -> MeasuredValues {
    series.isScalar ? .number(.nan) : .numbers(Array(repeating: .nan, count: series.count))
  }

  private static func description(
    _ name: String, _ metric: String, _ about: String
  ) -> SeriesDescription {
    let direction = SeriesName.higherIsBetter(name)
    let words = SeriesDescription.parts(of: name).map { $0.replacing("_", with: " ") }
    let shown = words.first == SeriesDescription.validation ? Array(words.dropFirst()) : words
    return SeriesDescription(
      name, title: shown.joined(separator: " "), higherIsBetter: direction,
      format: direction == nil ? .significant(5) : .fixed(4),
      about: about.isEmpty ? "Recorded as \(metric)." : about,
      isPrincipal: direction != nil && words.count == 2)
  }

  /// Where the evaluations stand. Other trackers know steps alone: the epoch is what the run recorded as
  /// `epoch`, the last one known, and else the step itself. Steps that are no whole numbers are numbered by
  /// what makes them whole.
  private static func points(_ steps: [Double], _ epochs: [Double: Double]) -> [EvaluationPoint] {
    let isWhole = steps.allSatisfy { $0 == $0.rounded() }
    let factor =
      isWhole
      ? 1
      : [10.0, 100, 1000, 10_000, 100_000, 1_000_000].first { factor in
        steps.allSatisfy { abs(($0 * factor).rounded() - $0 * factor) < 1e-6 }
      } ?? 1_000_000
    var (last, before): (Double?, Int) = (nil, -1)
    return steps.map { step in
      if let epoch = epochs[step], epoch.isFinite, epoch >= 0 { last = epoch }
      // Two that come together are told apart all the same.
      before = max(before + 1, Int((step * factor).rounded()))
      return EvaluationPoint(step: before, epoch: last ?? step)
    }
  }
}
