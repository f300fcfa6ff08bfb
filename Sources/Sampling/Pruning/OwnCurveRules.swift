/// Ends a trial that has not become better for a number of evaluations.
package struct PatienceRule: OwnCurveRule {
  package let evaluations: Int
  /// By more than how much a value must pass those before to count as better; at least 0.
  package let minimumDelta: Double

  package init(evaluations: Int, minimumDelta: Double) {
    (self.evaluations, self.minimumDelta) = (evaluations, minimumDelta)
  }

  package func stop(
    _ values: [LearningCurve.Value]
  ) -> (position: Double, reason: PruningReason)? {
    var best = Double.nan
    var since = 0
    for value in values {
      since += 1
      if best.isNaN ? !value.value.isNaN : value.value < best - minimumDelta {
        (best, since) = (value.value, 0)
      }
      if since >= evaluations {
        return (value.position, .patience(evaluations: evaluations))
      }
    }
    return nil
  }
}

/// Ends a trial of which a value is no number or lies outside of bounds.
package struct ThresholdRule: OwnCurveRule {
  package let bounds: ClosedRange<Double>
  /// The evaluations of a trial after which nothing is decided yet.
  package let warmup: Int

  package init(bounds: ClosedRange<Double>, warmup: Int) {
    (self.bounds, self.warmup) = (bounds, warmup)
  }

  package func stop(
    _ values: [LearningCurve.Value]
  ) -> (position: Double, reason: PruningReason)? {
    values.dropFirst(warmup).first { !bounds.contains($0.value) }
      .map { ($0.position, .threshold(value: $0.value)) }
  }
}

/// Ends a trial whose loss is no number, or has risen to a multiple of its lowest value before.
package struct DivergenceRule: OwnCurveRule {
  /// Above 1.
  package let factor: Double

  package init(factor: Double) { self.factor = factor }

  package func stop(
    _ values: [LearningCurve.Value]
  ) -> (position: Double, reason: PruningReason)? {
    var lowest = Double.nan
    for value in values {
      // A loss that has come near zero, or below, says nothing of what it rises to.
      let isHigh = lowest > 0 && value.value > factor * lowest
      if !value.value.isFinite || isHigh {
        return (value.position, .diverged(value: value.value, lowest: lowest))
      }
      lowest = lowest.isNaN ? value.value : min(lowest, value.value)
    }
    return nil
  }
}
