internal import Glibc

/// Student's t distribution.
package struct StudentT: Sendable, Hashable {
  /// More than 0; need not be whole.
  package let degreesOfFreedom: Double

  package init(_ degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

  /// The probability of a value at least as far from 0 on either side.
  package func twoSidedP(_ t: Double) -> Double {
    guard t.isFinite else { return t.isNaN ? .nan : 0 }
    let (square, all) = (t * t, degreesOfFreedom + t * t)
    return IncompleteBeta.value(
      degreesOfFreedom / 2, 0.5, x: degreesOfFreedom / all, complement: square / all)
  }

  /// The probability of a value up to t.
  package func cumulative(_ t: Double) -> Double {
    let tail = twoSidedP(t) / 2
    return t > 0 ? 1 - tail : tail
  }

  /// The value that is exceeded on both sides together with probability 1 − level: 2.776 for 95 % and 4
  /// degrees of freedom.
  ///
  /// - Parameter level: above 0 and below 1.
  package func twoSidedQuantile(level: Double) -> Double {
    let tail = 1 - level
    // Newton's step from a point left of the root stays left of it, as the tail is convex there; the
    // bracket catches what rounding does.
    var (low, high) = (0.0, 1.0)
    while twoSidedP(high) > tail { (low, high) = (high, high * 2) }
    var t = (low + high) / 2
    for _ in 0..<200 {
      let excess = twoSidedP(t) - tail
      if excess > 0 { low = t } else { high = t }
      var next = t + excess / (2 * density(t))
      if !(next > low && next < high) { next = (low + high) / 2 }
      if abs(next - t) <= 2e-16 * t { return next }
      t = next
    }
    return t
  }

  private func density(_ t: Double) -> Double {
    let half = degreesOfFreedom / 2
    let logScale = logGamma(half + 0.5) - logGamma(half) - 0.5 * log(degreesOfFreedom * .pi)
    return exp(logScale - (half + 0.5) * log1p(t * t / degreesOfFreedom))
  }
}
