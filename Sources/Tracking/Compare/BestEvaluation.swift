package import Measurements

/// The evaluation at which a run was at its best.
package struct BestEvaluation: Sendable, Hashable {
  package let point: EvaluationPoint
  /// The objective's value there; always finite.
  package let value: Double
  /// Where the evaluation is in ``MetricHistory/rows``.
  package let row: Int
}

extension MetricHistory {
  /// The evaluation with the best value of the objective, the earliest of equals.
  ///
  /// - Returns: `nil` where no evaluation has a finite value, or the series is missing.
  package func best(of objective: Objective) -> BestEvaluation? {
    guard let values = values(of: objective.metric) else { return nil }
    var best: BestEvaluation?
    for (index, value) in values.enumerated() where value.isFinite {
      if let best, !objective.prefers(value, to: best.value) { continue }
      best = BestEvaluation(point: rows[index].point, value: value, row: index)
    }
    return best
  }
}

extension Objective {
  /// Tells whether the first value is truly better than the second; it never is where either is
  /// NaN.
  func prefers(_ value: Double, to other: Double) -> Bool {
    maximize ? value > other : value < other
  }
}
