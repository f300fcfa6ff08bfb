import Foundation
import Measurements
import Tracking

/// How far a run is, by its record alone.
extension RunRecord {
  /// The steps that it was planned to have; `nil` before the first evaluation where epochs were asked for.
  var plannedSteps: Int? {
    struct Spec: Decodable {
      struct Planned: Decodable {
        var epochs: Double?
        var iterations: Int?
      }
      var training: Planned?
    }
    if let planned = plannedEnd?.step { return planned }
    let spec = try? JSONDecoder().decode(Spec.self, from: Data(trial.resolvedSpec.utf8))
    if let iterations = spec?.training?.iterations { return iterations }
    guard let epochs = spec?.training?.epochs, let last = history?.rows.last?.point,
      last.epoch > 0
    else { return nil }
    return Int((epochs * Double(last.step) / last.epoch).rounded())
  }

  /// True where nothing is left to train: to the end, or because the sweep gave it up.
  private var hasEnded: Bool { status == .finished || status == .pruned }

  /// How much is done, 0 … 1.
  var fraction: Double {
    if hasEnded { return 1 }
    guard let planned = plannedSteps, planned > 0, let done = history?.rows.last?.step else {
      return 0
    }
    return min(1, Double(done) / Double(planned))
  }

  /// Of a step, by the median of the last evaluations: one that was held up does not count.
  var secondsPerStep: Double? {
    guard let history, !history.rows.isEmpty else { return nil }
    let rows = history.rows
    let rates = rows.indices.suffix(5).map { index in
      let before = index > 0 ? rows[index - 1].step : 0
      return history.seconds(of: rows[index]) / Double(max(1, rows[index].step - before))
    }.sorted()
    return rates[rates.count / 2]
  }

  var secondsLeft: Double? {
    guard !hasEnded else { return 0 }
    guard let planned = plannedSteps, let rate = secondsPerStep else { return nil }
    return Double(max(0, planned - (history?.rows.last?.step ?? 0))) * rate
  }

  /// Of the whole training.
  var expectedSeconds: Double? {
    if hasEnded { return history?.seconds }
    guard let left = secondsLeft, let history else { return nil }
    return history.seconds + left
  }

  /// `31/60`, or the steps where no epochs were planned.
  var epochsProgress: String {
    let done = history?.rows.last?.point
    let planned = plannedSteps
    guard let done else { return "0" }
    guard let planned, done.step > 0 else { return done.epochText }
    let epochs = done.epoch * Double(planned) / Double(done.step)
    return "\(done.epochText)/\(EvaluationPoint.epochText((epochs * 100).rounded() / 100))"
  }

  /// Values of a column with the epochs that they are of.
  func course(_ name: String) -> [(x: Double, y: Double)] {
    guard let history, let values = history.values(of: name) else { return [] }
    return zip(history.rows, values).map { ($0.point.epoch, $1) }
  }

  /// Scalar series that a chart can show: the objective first, then losses and principal metrics.
  var chartedColumns: [HistoryColumn] {
    guard let history else { return [] }
    let objective = history.column(trial.objective.metric)
    let others = history.columns.filter { column in
      column.series.isScalar && !column.series.isWallTime && column != objective
    }
    return [objective].compactMap(\.self) + others
  }
}
