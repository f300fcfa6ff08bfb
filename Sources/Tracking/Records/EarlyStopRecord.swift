package import Measurements

/// How a run ended before the end that was planned, because a series had not become better for a while.
package struct EarlyStopRecord: Sendable, Codable, Hashable {
  /// The last evaluation.
  package var after: EvaluationPoint
  /// Where the training would have ended.
  package var planned: EvaluationPoint
  /// The series that did not become better, e.g. `validation.mean_iou`.
  package var series: String
  /// The evaluation at which it was best; `nil` where it never had a value.
  package var best: EvaluationPoint?

  package init(
    after: EvaluationPoint, planned: EvaluationPoint, series: String, best: EvaluationPoint?
  ) {
    self.after = after
    self.planned = planned
    self.series = series
    self.best = best
  }
}

extension EarlyStopRecord {
  /// `stopped early at epoch 12 of 60`.
  package var summary: String {
    "stopped early at epoch \(Self.epochs(after.epochText, of: planned.epoch))"
  }

  /// `12 of 60`.
  package static func epochs(_ done: String, of planned: Double) -> String {
    "\(done) of \(EvaluationPoint.epochText(planned))"
  }
}

extension EarlyStopRecord: CustomStringConvertible {
  /// `stopped early at epoch 12 of 60, step 24 of 120: validation.mean_iou was best at step 4 (epoch 2)`.
  package var description: String {
    let reason = best.map { "\(series) was best at \($0)" } ?? "\(series) never had a value"
    return "\(summary), step \(after.step) of \(planned.step): \(reason)"
  }
}

extension RunRecord {
  /// Where the run stopped early; `nil` where it did not.
  package var earlyStop: EarlyStopRecord? { end?.earlyStop }
}
