internal import Foundation
import Groundwork

/// Exponentials and logarithms that every machine computes alike, near their difficult arguments.
enum ExactMath {
  /// eˣ for every x but NaN.
  static func exp(_ x: Double) -> Double { PortableMath.exponential(x) }

  /// ln x, −∞ for x ≤ 0.
  static func log(_ x: Double) -> Double {
    x > 0 ? (x.isFinite ? PortableMath.logarithm(x) : .infinity) : -.infinity
  }

  /// ln(1 + x) without loss for small x (Kahan).
  static func log1p(_ x: Double) -> Double {
    let sum = 1 + x
    if sum == 1 { return x }
    return sum > 0 ? log(sum) * x / (sum - 1) : -.infinity
  }

  /// eˣ − 1 without loss for small x (Kahan).
  static func expm1(_ x: Double) -> Double {
    if x.magnitude < 1e-16 { return x }
    let power = exp(x)
    if power == 1 { return x }
    if power == 0 || !power.isFinite { return power - 1 }
    return (power - 1) * x / log(power)
  }

  /// ln(eᵃ + eᵇ).
  static func logAddExp(_ a: Double, _ b: Double) -> Double {
    let (low, high) = (min(a, b), max(a, b))
    return high == -.infinity ? high : high + log1p(exp(low - high))
  }

  /// ln Σ eˣ, in the order of the values; −∞ where all are.
  static func logSumExp(_ values: [Double]) -> Double {
    let highest = values.max() ?? -.infinity
    guard highest > -.infinity else { return -.infinity }
    return highest + log(values.reduce(0) { $0 + exp($1 - highest) })
  }

  /// To 12 significant decimal digits: what machines may differ in is gone, and records can be read.
  static func rounded(_ x: Double) -> Double { Double(String(format: "%.12g", x)) ?? x }
}
