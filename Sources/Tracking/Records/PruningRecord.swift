package import Measurements

/// How a run ended before its time because its sweep gave it up for others.
package struct PruningRecord: Sendable, Codable, Hashable {
  /// The last evaluation; `nil` where it ended before the first.
  package var after: EvaluationPoint?
  /// Where the training would have ended; `nil` where it ended before the first evaluation.
  package var planned: EvaluationPoint?
  /// The pruner with its settings, as JSON: `{"asha":{"factor":3,"min":"3 epochs"}}`.
  package var pruner: String
  /// 1 for the first rung at which it was compared; `nil` where there are none.
  package var rung: Int?
  /// In words: `below the best 9 of 27 trials at epoch 3`.
  package var reason: String

  package init(
    after: EvaluationPoint?, planned: EvaluationPoint?, pruner: String, rung: Int?, reason: String
  ) {
    self.after = after
    self.planned = planned
    self.pruner = pruner
    self.rung = rung
    self.reason = reason
  }
}

extension PruningRecord: CustomStringConvertible {
  /// `pruned at epoch 3 of 27, rung 1: below the best 9 of 27 trials at epoch 3`.
  package var description: String {
    let rung = rung.map { ", rung \($0)" } ?? ""
    guard let after, let planned else { return "pruned before its first evaluation: \(reason)" }
    let epochs = EarlyStopRecord.epochs(after.epochText, of: planned.epoch)
    return "pruned at epoch \(epochs)\(rung): \(reason)"
  }
}

extension RunRecord {
  /// How the run was pruned; `nil` where it was not.
  package var pruning: PruningRecord? { end?.pruning }

  /// True where it was pruned because its loss was no number, and not behind an evaluation.
  package var hasDiverged: Bool { pruning != nil && result?.cause != nil }

  /// Where the training would have ended, of a run that ended before; `nil` of others.
  package var plannedEnd: EvaluationPoint? { earlyStop?.planned ?? pruning?.planned }
}

extension ResultRecord {
  /// The end of a run that its sweep gave up.
  ///
  /// - Parameter cause: why it could not go on; `nil` where it could.
  package static func pruned(
    _ pruning: PruningRecord, best: (value: Double, point: EvaluationPoint)?, evaluations: Int,
    cause: String? = nil
  ) -> ResultRecord {
    var result = ResultRecord(
      outcome: .pruned, cause: cause, bestValue: best?.value, bestEvaluation: best?.point,
      evaluations: evaluations)
    result.pruning = pruning
    return result
  }
}
