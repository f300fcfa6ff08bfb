internal import Glibc

/// What the paired t test can see with so many seeds.
package enum PairedPower {
  /// The probability that the two-sided test finds a true effect.
  ///
  /// - Parameter effect: the mean difference in standard deviations of the differences.
  package static func power(pairs: Int, effect: Double, alpha: Double = 0.05) -> Double {
    guard pairs > 1 else { return .nan }
    let degrees = Double(pairs - 1)
    let critical = StudentT(degrees).twoSidedQuantile(level: 1 - alpha)
    let shift = effect * Double(pairs).squareRoot()
    // Given the standard deviation s of the differences over its true value, the mean is normal. So
    // the power is that normal probability, integrated over the chi distribution of s.
    let logScale = log(2) + degrees / 2 * log(degrees / 2) - logGamma(degrees / 2)
    return GaussLegendre.integral(from: 0, to: 1 + 40 / degrees.squareRoot(), parts: 96) { s in
      guard s > 0 else { return 0 }
      let density = exp(logScale + (degrees - 1) * log(s) - degrees * s * s / 2)
      let beyond =
        NormalDistribution.cumulative(shift - critical * s)
        + NormalDistribution.cumulative(-shift - critical * s)
      return density * beyond
    }
  }

  /// The fewest seeds with which an effect of that size is found with that probability; `nil` where a
  /// thousand are too few.
  package static func seedsNeeded(effect: Double, power wanted: Double = 0.8) -> Int? {
    guard effect != 0, effect.isFinite else { return nil }
    var (low, high) = (1, 2)
    while power(pairs: high, effect: effect) < wanted {
      (low, high) = (high, high * 2)
      if high > 1024 { return nil }
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if power(pairs: middle, effect: effect) < wanted { low = middle } else { high = middle }
    }
    return high
  }

  /// The smallest effect that so many seeds find with that probability.
  package static func smallestEffect(pairs: Int, power wanted: Double = 0.8) -> Double {
    var (low, high) = (0.0, 1.0)
    while power(pairs: pairs, effect: high) < wanted { (low, high) = (high, high * 2) }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if power(pairs: pairs, effect: middle) < wanted { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The pairs that the sign test needs to tell a probability of improvement from one half (Noether,
  /// 1987).
  package static func pairsNeeded(
    probabilityOfImprovement gamma: Double, alpha: Double = 0.05, beta: Double = 0.05
  ) -> Int {
    let z = NormalDistribution.quantile(1 - alpha) + NormalDistribution.quantile(1 - beta)
    let root = z / (6.0.squareRoot() * (gamma - 0.5))
    return Int((root * root).rounded(.up))
  }

  /// How far the best of k equal points stands above their mean, in standard errors: the expected
  /// maximum of k standard normal numbers.
  package static func expectedMaximum(of count: Int) -> Double {
    guard count > 1 else { return 0 }
    let n = Double(count)
    return GaussLegendre.integral(from: -12, to: 12, parts: 96) { z in
      let below = NormalDistribution.cumulative(z)
      guard below > 0 else { return 0 }
      return z * n * exp((n - 1) * log(below)) * NormalDistribution.density(z)
    }
  }
}

/// Integrals of smooth functions by the rule of Gauss and Legendre with eight points in each of equal parts.
enum GaussLegendre {
  private static let nodes = [
    (0.183434642495649804939476142360, 0.362683783378361982965150449277),
    (0.525532409916328985817739049189, 0.313706645877887287337962201987),
    (0.796666477413626739591553936476, 0.222381034453374470544355994426),
    (0.960289856497536231683560868569, 0.101228536290376259152531354310),
  ]

  static func integral(
    from low: Double, to high: Double, parts: Int, _ function: (Double) -> Double
  ) -> Double {
    let half = (high - low) / Double(2 * parts)
    var sum = CompensatedSum()
    for part in 0..<parts {
      let centre = low + half * Double(2 * part + 1)
      for (node, weight) in nodes {
        sum.add(weight * half * function(centre - half * node))
        sum.add(weight * half * function(centre + half * node))
      }
    }
    return sum.value
  }
}
