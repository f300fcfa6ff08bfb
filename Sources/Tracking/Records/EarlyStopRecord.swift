package import Measurements

/// How a run ended before the end that was planned: because a series had not become better for a while, or
/// because a person asked for it.
package struct EarlyStopRecord: Sendable, Codable, Hashable {
  /// The last evaluation.
  package var after: EvaluationPoint
  /// Where the training would have ended.
  package var planned: EvaluationPoint
  /// The series that did not become better, e.g. `validation.mean_iou`; `nil` where a person asked for
  /// the end.
  package var series: String?
  /// The evaluation at which it was best; `nil` where it never had a value.
  package var best: EvaluationPoint?

  package init(
    after: EvaluationPoint, planned: EvaluationPoint, series: String?, best: EvaluationPoint?
  ) {
    self.after = after
    self.planned = planned
    self.series = series
    self.best = best
  }
}

extension EarlyStopRecord {
  /// `stopped early at epoch 12 of 60`, `ended on request at epoch 12 of 60`.
  package var summary: String {
    "\(series == nil ? "ended on request" : "stopped early") at epoch \(Self.epochs(after.epochText, of: planned.epoch))"
  }

  /// `12 of 60`.
  package static func epochs(_ done: String, of planned: Double) -> String {
    "\(done) of \(EvaluationPoint.epochText(planned))"
  }
}

extension EarlyStopRecord: CustomStringConvertible {
  /// `stopped early at epoch 12 of 60, step 24 of 120: validation.mean_iou was best at step 4 (epoch 2)`.
  package var description: String {
    let end = "\(summary), step \(after.step) of \(planned.step)"
    guard let series else { return end }
    let reason = best.map { "\(series) was best at \($0)" } ?? "\(series) never had a value"
    return "\(end): \(reason)"
  }
}

extension RunRecord {
  /// Where the run stopped early; `nil` where it did not.
  package var earlyStop: EarlyStopRecord? { end?.earlyStop }

  /// Where the run ended because a person asked for it; `nil` where it did not.
  package var endOnRequest: EarlyStopRecord? {
    earlyStop.flatMap { $0.series == nil ? $0 : nil }
  }
}
