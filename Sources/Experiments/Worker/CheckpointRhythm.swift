internal import Groundwork

/// Says when the state of a training is kept.
///
/// What is counted in steps follows from the step alone, so that an interrupted run goes on as if it had not
/// been; what is measured by the clock decides no result.
struct CheckpointRhythm {
  let every: CheckpointInterval
  let stepsPerEpoch: Int

  /// Whether one is due between two evaluations.
  ///
  /// - Parameters:
  ///   - step: steps done.
  ///   - seconds: since the last one.
  func isDue(afterStep step: Int, seconds: Double) -> Bool {
    switch every {
    case .evaluation: seconds >= CheckpointInterval.standardTime.seconds
    case .training(let interval): step.isMultiple(of: interval.steps(perEpoch: stepsPerEpoch))
    case .time(let limit): seconds >= limit.seconds
    }
  }

  /// Whether one is due at an evaluation.
  ///
  /// - Parameters:
  ///   - step: steps done.
  ///   - previous: steps done at the evaluation before; 0 where there is none.
  ///   - seconds: since the last one.
  func isDue(atEvaluation step: Int, after previous: Int, seconds: Double) -> Bool {
    switch every {
    case .evaluation: return true
    case .training(let interval):
      let steps = interval.steps(perEpoch: stepsPerEpoch)
      return step / steps > previous / steps
    case .time(let limit): return seconds >= limit.seconds
    }
  }
}
