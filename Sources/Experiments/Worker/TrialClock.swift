internal import Groundwork
import Tracking
internal import Training

/// The time that a trial has been trained for, over all attempts: that of the training and the evaluations that
/// are kept, and from now on all.
struct TrialClock {
  /// Seconds; `nil` for no limit.
  let limit: Double?
  private let before: Double
  private let watch = Stopwatch()

  init(limit: Double?, after resumed: ResumePoint?) {
    self.limit = limit
    before = (resumed?.history?.seconds ?? 0) + (resumed?.checkpoint.interval?.seconds ?? 0)
  }

  var isOver: Bool { limit.map { before + watch.seconds >= $0 } ?? false }

  /// How a training ends whose time is over.
  var failure: FailureRecord { FailureRecord(.timedOut, timeLimit: limit) }
  var cause: String {
    "timed out: it has trained for \(SpecDuration(seconds: limit ?? 0).text), which is limits.time"
  }
}
