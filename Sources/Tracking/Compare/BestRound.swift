/// The round at which a run was at its best.
package struct BestRound: Sendable, Hashable {
  package let round: Int
  /// The objective's value there; never NaN.
  package let value: Double
  /// Where the round is in ``MetricHistory/rows``.
  package let row: Int
}

extension MetricHistory {
  /// The round with the best value of the objective, the earliest of equals.
  ///
  /// - Returns: `nil` where no round has a value: the series is missing, or NaN throughout.
  package func best(of objective: Objective) -> BestRound? {
    guard let values = series(objective.metric) else { return nil }
    var best: BestRound?
    for (index, value) in values.enumerated() where !value.isNaN {
      if let best, !objective.prefers(value, to: best.value) { continue }
      best = BestRound(round: rows[index].round, value: value, row: index)
    }
    return best
  }
}

extension Objective {
  /// Whether the first value is truly better than the second; never where either is NaN.
  func prefers(_ value: Double, to other: Double) -> Bool {
    maximize ? value > other : value < other
  }
}
