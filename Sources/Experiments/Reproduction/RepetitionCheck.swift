internal import Datasets
internal import Execution
import Measurements
import Tracking

/// Compares a repeated training with its record as the evaluations end.
struct RepetitionCheck {
  private let recorded: RunRecord
  /// Decided as soon as it can be; `nil` while everything has been the same.
  private(set) var verdict: Reproduction.Verdict?
  private var lastWords: TrialOutcome?

  init(recorded: RunRecord) { self.recorded = recorded }

  /// - Parameter repeated: reads the record of the repetition as it is now.
  mutating func hear(_ message: WorkerMessage, repeated: () throws -> RunRecord?) rethrows {
    switch message {
    case .evaluated(let evaluated):
      if verdict == nil { verdict = check(evaluated.point, try repeated()) }
    case .finished, .pruned: lastWords = .finished
    case .failed(let cause, _), .busy(let cause), .damaged(let cause), .refused(let cause):
      lastWords = .failed(cause: cause)
    case .stopped(let cause, _): decide(.stopped(cause))
    case .interrupted, .paused: decide(.interrupted)
    case .opened, .prepared, .step, .evaluating, .stoppedEarly, .warning: break
    }
  }

  /// Ends the comparison for a reason of the caller's, unless it has ended.
  mutating func decide(_ verdict: Reproduction.Verdict) { self.verdict = self.verdict ?? verdict }

  /// An evaluation that the record has; a recorded run that was interrupted ends with its last one.
  private func check(
    _ evaluation: EvaluationPoint, _ repeated: RunRecord?
  ) -> Reproduction.Verdict? {
    guard let before = recorded.history, let after = repeated?.history else { return nil }
    if let divergence = Divergence.between(before, after, at: evaluation) {
      return .differs(divergence)
    }
    let isLast = before.rows.last?.step == evaluation.step
    return isLast && recorded.end == nil ? identical : nil
  }

  /// The verdict on a repetition that ran to its end.
  mutating func conclude(_ end: ChildProcess.End, _ repeated: RunRecord?) -> Reproduction.Verdict {
    if let verdict { return verdict }
    if case .signalled = end { return .stopped("\(end)") }
    let before = Self.words(recorded.end)
    let after =
      switch lastWords {
      case .finished: Self.words(repeated?.end)
      case .failed(let cause, _): cause
      default: "\(end)"
      }
    guard before == after else { return .endsOtherwise(recorded: before, repeated: after) }
    let differing = recorded.checkpoints.filter { checkpoint in
      repeated?.checkpoints.contains {
        $0.name == checkpoint.name && $0.sha256 == checkpoint.sha256
      } != true
    }
    return differing.isEmpty ? identical : .checkpointsDiffer(differing.map(\.name))
  }

  /// A run that its sweep gave up is repeated as one that is ended on request.
  private static func words(_ end: ResultRecord?) -> String {
    if end?.cause == nil, let pruning = end?.pruning, let after = pruning.after,
      let planned = pruning.planned
    {
      return EarlyStopRecord(after: after, planned: planned, series: nil, best: nil).description
    }
    return end?.cause ?? end?.earlyStop?.description ?? "finished"
  }

  private var identical: Reproduction.Verdict {
    .identical(
      evaluations: recorded.history?.rows.count ?? 0,
      tensors: recorded.history?.tensorNames.count ?? 0,
      checkpoints: recorded.end == nil ? 0 : recorded.checkpoints.count)
  }
}
