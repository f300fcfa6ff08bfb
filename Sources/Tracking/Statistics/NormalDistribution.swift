internal import Glibc

/// The standard normal distribution.
package enum NormalDistribution {
  /// The probability of a value up to z.
  package static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * .pi).squareRoot() }

  /// The value up to which the probability is p.
  ///
  /// It starts at a rational approximation (Hastings, 1955) and takes Halley's steps, which triple the
  /// digits each time.
  package static func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    guard p != 0.5 else { return 0 }
    guard p < 0.5 else { return -quantile(1 - p) }
    let t = (-2 * log(p)).squareRoot()
    var z = (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t) - t
    for _ in 0..<60 {
      let error = (cumulative(z) - p) / density(z)
      let step = error / (1 + z * error / 2)
      z -= step
      if abs(step) <= 1e-16 * max(abs(z), 1e-300) { break }
    }
    return z
  }
}
