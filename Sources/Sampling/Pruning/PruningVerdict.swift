/// What is decided of a point so far.
package enum PruningVerdict: Sendable, Hashable {
  /// It goes on, up to where the next decision falls due.
  case goesOn
  /// A decision at that position needs a value that is still to come, of the point with that index. Its
  /// trials go on up to there.
  case waits(position: Double, on: Int)
  /// It ends at that position.
  case pruned(position: Double, PruningReason)
}

extension PruningVerdict {
  /// Whether a trial that has come so far trains on.
  package func letsGoOn(from position: Double) -> Bool {
    switch self {
    case .goesOn: true
    case .waits(let until, _), .pruned(let until, _): position < until
    }
  }
}

/// Why a trial ends before its time, in numbers.
package enum PruningReason: Sendable, Hashable {
  /// It was not among the best of those that reached the rung.
  ///
  /// - Parameters:
  ///   - rung: 1 for the first at which the trial was compared.
  ///   - kept: how many go on.
  case rung(rung: Int, kept: Int, of: Int, isWithEarlierAlone: Bool)
  /// Its best value so far is worse than the percentile of complete trials there.
  case percentile(percent: Double, best: Double, bound: Double, of: Int)
  /// For so many evaluations it has not become better.
  case patience(evaluations: Int)
  /// Its value lies outside of the bounds, or is no number.
  case threshold(value: Double)
  /// Its loss is no number, or rose to a multiple of the lowest before.
  case diverged(value: Double, lowest: Double)
}

/// Ends trials by comparing them. What it decides of one is a function of its curve and of a set of
/// other curves that its index alone names, so that neither time nor order changes a decision.
package protocol ComparingRule: Sendable {
  /// What is decided of every point.
  ///
  /// - Parameters:
  ///   - points: those that are known, by index.
  ///   - batches: the first index of the batch of each point, where a sampler decides from results.
  func verdicts(_ points: [PointCurves], batches: [Int]?) -> [PruningVerdict]

  /// True where a decision may fall due at the last of these positions.
  ///
  /// - Parameter positions: of the evaluations of a trial so far.
  ///   - index: of its point.
  ///   - count: the number of points that are known.
  func mayDecide(at positions: [Double]) -> Bool
}

/// Ends trials for what they do alone.
package protocol OwnCurveRule: Sendable {
  /// The first evaluation after which a trial with these values ends; `nil` where it goes on.
  func stop(_ values: [LearningCurve.Value]) -> (position: Double, reason: PruningReason)?
}
