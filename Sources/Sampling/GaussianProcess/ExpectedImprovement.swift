/// How much more than the best so far a place promises, as a logarithm: the improvement itself is 0 to
/// every digit far from the best (Ament et al., "Unexpected Improvements to Expected Improvement",
/// NeurIPS 2023).
package struct ExpectedImprovement: Sendable {
  package let process: GaussianProcess
  /// The best target so far.
  package let best: Double

  package init(_ process: GaussianProcess, best: Double) {
    (self.process, self.best) = (process, best)
  }

  /// Keeps the deviation above 0 where a place was observed.
  private static let stabilizer = 1e-12

  /// ln EI.
  package func logarithm(at z: [Double]) -> Double {
    let (mean, variance) = process.posterior(z)
    let deviation = (variance + Self.stabilizer).squareRoot()
    return ExactMath.log(deviation) + Self.logarithm(standardized: (mean - best) / deviation)
  }

  /// ln EI and its gradient by those dimensions.
  package func logarithm(
    at z: [Double], by dimensions: [Int]
  ) -> (value: Double, gradient: [Double]) {
    let belief = process.posterior(z, by: dimensions)
    let deviation = (belief.variance + Self.stabilizer).squareRoot()
    let u = (belief.mean - best) / deviation
    let h = Self.logarithm(standardized: u)
    let chance = ExactMath.exp(NormalDistribution.logCumulative(u) - h)
    let density = ExactMath.exp(NormalDistribution.logDensity(u) - h)
    let gradient = dimensions.indices.map { i in
      (chance * belief.meanGradient[i]
        + density * belief.varianceGradient[i] / (2 * deviation)) / deviation
    }
    return (ExactMath.log(deviation) + h, gradient)
  }

  /// ln(φ(u) + u Φ(u)): directly above −25, by the asymptotic series below, which then has more digits.
  package static func logarithm(standardized u: Double) -> Double {
    if u > -25 {
      return ExactMath.log(
        u * NormalDistribution.cumulative(u) + NormalDistribution.density(u))
    }
    let q = 1 / (u * u)
    let series = q * (-3 + q * (15 + q * (-105 + q * (945 - q * 10395))))
    return NormalDistribution.logDensity(u) - 2 * ExactMath.log(-u) + ExactMath.log1p(series)
  }
}
