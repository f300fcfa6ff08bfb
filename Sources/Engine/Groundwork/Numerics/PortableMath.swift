/// Powers, logarithms and cosines from additions, multiplications and divisions alone, which every
/// processor rounds alike. The C library's `pow` and `log` pick fused instructions where the
/// processor has them, and the last bit of a learning rate would depend on the machine.
package enum PortableMath {
  /// baseⁿ for n ≥ 0 by repeated squaring; relative error below n · 1.2e-16.
  package static func power(_ base: Double, _ exponent: Int) -> Double {
    precondition(exponent >= 0, "the exponent \(exponent) is negative")
    var result = 1.0
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }

  /// baseˣ for a base ≥ 0; relative error below 1e-15 · max(1, |x · log₂ base|).
  package static func power(_ base: Double, _ exponent: Double) -> Double {
    if exponent == 0 { return 1 }
    if base == 0 { return exponent > 0 ? 0 : .infinity }
    if exponent == 1 { return base }
    return exponential2(exponent * binaryLogarithm(base))
  }

  /// ln x for x > 0.
  package static func logarithm(_ x: Double) -> Double {
    let (fraction, exponent) = splitLogarithm(x)
    return fraction + exponent * ln2
  }

  /// eˣ; relative error below 1e-15 · max(1, |x|).
  package static func exponential(_ x: Double) -> Double { exponential2(x / ln2) }

  /// ½ (1 + cos πx) for 0 ≤ x ≤ 1, which is cos²(πx/2); relative error below 1e-15, also near 1,
  /// where the sum would cancel. Cosine and sine by their series; the first term left out is
  /// below 1e-17.
  package static func raisedCosine(_ x: Double) -> Double {
    if x <= 0.5 {
      let y = x * (Double.pi / 2)
      var series = 1.0
      for n in stride(from: 18.0, through: 2, by: -2) {
        series = 1 - y * y * series / (n * (n - 1))
      }
      return series * series
    }
    let y = (1 - x) * (Double.pi / 2)
    var series = 1.0
    for n in stride(from: 19.0, through: 3, by: -2) { series = 1 - y * y * series / (n * (n - 1)) }
    return (y * series) * (y * series)
  }

  private static let ln2 = 0.693147180559945309417

  /// log₂ x for x > 0.
  private static func binaryLogarithm(_ x: Double) -> Double {
    let (fraction, exponent) = splitLogarithm(x)
    return fraction / ln2 + exponent
  }

  /// ln x = fraction + exponent · ln 2 with |fraction| ≤ ln √2. The fraction is
  /// ln m = 2 artanh((m − 1) / (m + 1)) by its series; the first term left out is below 1e-18.
  private static func splitLogarithm(_ x: Double) -> (fraction: Double, exponent: Double) {
    precondition(x > 0 && x.isFinite, "no logarithm of \(x)")
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 2.0.squareRoot() {
      mantissa *= 0.5
      exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var series = 0.0
    for term in stride(from: 21, through: 3, by: -2) {
      series = series * square + 1 / Double(term)
    }
    return (2 * s + 2 * s * (series * square), exponent)
  }

  /// 2ˣ by the Taylor series of e^(f ln 2) for |f| ≤ ½, f what rounding x leaves.
  private static func exponential2(_ x: Double) -> Double {
    if x < -1080 { return 0 }
    if x > 1025 { return .infinity }
    let whole = x.rounded(.toNearestOrEven)
    let u = (x - whole) * ln2
    var series = 1.0
    for term in stride(from: 14, through: 1, by: -1) { series = 1 + u * series / Double(term) }
    // In two factors, so that a result at the ends of the range is not lost on the way.
    let half = (whole / 2).rounded(.down)
    return series * scale(half) * scale(whole - half)
  }

  private static func scale(_ exponent: Double) -> Double {
    Double(sign: .plus, exponent: Int(exponent), significand: 1)
  }
}
