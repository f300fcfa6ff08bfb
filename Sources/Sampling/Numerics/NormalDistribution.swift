/// The standard normal distribution and its truncation, exact far into the tails.
package enum NormalDistribution {
  /// ½ ln 2π.
  static let halfLogTwoPi = 0.918938533204672741780

  private static let rootPi = 1.772453850905516027298

  static func density(_ x: Double) -> Double { ExactMath.exp(logDensity(x)) }

  static func logDensity(_ x: Double) -> Double { -0.5 * x * x - halfLogTwoPi }

  /// 1 − erf x: up to 2 by the series of erf, whose terms are all positive, above it by the continued
  /// fraction (Abramowitz & Stegun 7.1.6, 7.1.14).
  static func erfc(_ x: Double) -> Double {
    if x < 0 { return 2 - erfc(-x) }
    if x >= 2 { return ExactMath.exp(-x * x) / (rootPi * tailFraction(x)) }
    var (term, sum) = (x, x)
    var order = 0.0
    while term > sum * 1e-17 {
      order += 1
      term *= 2 * x * x / (2 * order + 1)
      sum += term
    }
    return 1 - 2 / rootPi * ExactMath.exp(-x * x) * sum
  }

  /// f with erfc x = e^(−x²) / (√π f), for x ≥ 2.
  private static func tailFraction(_ x: Double) -> Double {
    var fraction = x
    for k in stride(from: x < 3 ? 60.0 : x < 5 ? 30 : 15, through: 1, by: -1) {
      fraction = x + 0.5 * k / fraction
    }
    return fraction
  }

  /// Φ(x).
  static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  /// ln Φ(x).
  package static func logCumulative(_ x: Double) -> Double {
    if x > 6 { return -cumulative(-x) }
    if x > 0 { return ExactMath.log1p(-cumulative(-x)) }
    if x > -3 { return ExactMath.log(cumulative(x)) }
    guard x.isFinite else { return x }
    let scaled = -x / 2.0.squareRoot()
    return -0.5 * x * x - ExactMath.log(2 * rootPi * tailFraction(scaled))
  }

  /// ln(Φ(b) − Φ(a)) for a < b.
  package static func logMass(_ a: Double, _ b: Double) -> Double {
    if a > 0 { return logMass(-b, -a) }
    if b <= 0 {
      let upper = logCumulative(b)
      return upper + ExactMath.log1p(-ExactMath.exp(logCumulative(a) - upper))
    }
    return ExactMath.log1p(-cumulative(a) - cumulative(-b))
  }

  /// Φ⁻¹(p) for 0 < p < 1.
  package static func quantile(_ p: Double) -> Double {
    p < 0.5
      ? quantile(ofLog: ExactMath.log(p)) : -quantile(ofLog: ExactMath.log1p(-p))
  }

  /// The quantile q of the distribution truncated to [a, b], 0 < q < 1.
  package static func truncatedQuantile(_ q: Double, _ a: Double, _ b: Double) -> Double {
    let mass = logMass(a, b)
    let x =
      a < 0
      ? quantile(ofLog: ExactMath.logAddExp(logCumulative(a), ExactMath.log(q) + mass))
      : -quantile(ofLog: ExactMath.logAddExp(logCumulative(-b), ExactMath.log1p(-q) + mass))
    return min(max(x, a), b)
  }

  /// x with ln Φ(x) = y for y < 0, by Newton's method.
  private static func quantile(ofLog y: Double) -> Double {
    // Near 0 the other tail holds the information.
    if y > -0.01 {
      return y >= 0 ? 40 : -quantile(ofLog: ExactMath.log(-ExactMath.expm1(y)))
    }
    var x =
      y < -5
      ? -(-2 * (y + halfLogTwoPi)).squareRoot()
      : -(3.0.squareRoot() / .pi) * ExactMath.log(ExactMath.expm1(-y))
    for _ in 0..<100 {
      let value = logCumulative(x)
      let step = (value - y) * ExactMath.exp(value - logDensity(x))
      x -= step
      if step.magnitude <= 1e-8 * max(x.magnitude, 1e-6) { break }
    }
    return x
  }
}
