internal import Glibc

/// The regularised incomplete beta function I_x(a, b), from which Student's t and Fisher's F come.
enum IncompleteBeta {
  /// - Parameters:
  ///   - x: from 0 to 1.
  ///   - complement: 1 − x, given by whoever knows it better than a subtraction does.
  static func value(_ a: Double, _ b: Double, x: Double, complement: Double? = nil) -> Double {
    let y = complement ?? 1 - x
    guard x > 0 else { return 0 }
    guard y > 0 else { return 1 }
    // The continued fraction converges quickly on this side of the mean.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - value(b, a, x: y, complement: x) }
    let logBeta = logGamma(a) + logGamma(b) - logGamma(a + b)
    let front = exp(a * log(x) + b * log(y) - logBeta) / a
    return front * fraction(a, b, x)
  }

  /// The continued fraction of I_x(a, b), evaluated from the front (Lentz, 1976, as modified by
  /// Thompson and Barnett, 1986).
  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 / nonzero(1 - (a + b) * x / (a + 1), tiny)
    var result = d
    for m in 1...10_000 {
      let m = Double(m)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / nonzero(1 + even * d, tiny)
      c = nonzero(1 + even / c, tiny)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / nonzero(1 + odd * d, tiny)
      c = nonzero(1 + odd / c, tiny)
      let change = d * c
      result *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return result
  }

  private static func nonzero(_ value: Double, _ tiny: Double) -> Double {
    abs(value) < tiny ? tiny : value
  }
}

/// The logarithm of the gamma function for a positive argument.
func logGamma(_ x: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}
