internal import Sampling
internal import Tracking

extension PruningReason {
  /// 1 for the first rung; `nil` where there are none.
  var rung: Int? { if case .rung(let rung, _, _, _) = self { rung } else { nil } }

  /// `below the best 9 of 27 trials at epoch 3`.
  func words(at place: String) -> String {
    switch self {
    case .rung(_, let kept, let count, let isWithEarlierAlone):
      let best = kept == 1 ? "the best" : "the best \(kept)"
      let among = isWithEarlierAlone ? "the first \(count) trials" : "\(count) trials"
      return "below \(best) of \(among) at \(place)"
    case .percentile(let percent, _, _, let count):
      let bound =
        percent == 50 ? "the median" : "the best \(WrittenNumbers.shortest(percent)) %"
      return "below \(bound) of \(count) complete trials at \(place)"
    case .patience(let evaluations):
      return
        "no better for \(evaluations) \(evaluations == 1 ? "evaluation" : "evaluations") at \(place)"
    case .threshold(let value):
      return "a value of \(WrittenNumbers.shortest(value)) outside of the bounds at \(place)"
    case .diverged(let value, let lowest):
      guard value.isFinite else { return "the training loss is no number at \(place)" }
      let (before, now) = (
        WrittenNumbers.rounded(lowest, digits: 4), WrittenNumbers.rounded(value, digits: 4)
      )
      return "the training loss rose from \(WrittenNumbers.shortest(before)) to "
        + "\(WrittenNumbers.shortest(now)) at \(place)"
    }
  }
}
