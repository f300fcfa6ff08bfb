internal import Glibc

/// A bootstrap interval for a mean, bias corrected and accelerated (Efron, 1987).
///
/// Below ten values it covers the true mean much less often than it says, so that tables offer it from ten
/// on alone. It is exact up to ten values: all resamples are enumerated.
package struct BootstrapInterval: Sendable, Hashable {
  package let interval: Interval
  /// The quantiles of the resampled means themselves, without either correction.
  package let percentile: Interval
  /// How far the observed mean lies from the median of the resampled ones, in standard deviations.
  package let bias: Double
  package let acceleration: Double

  /// - Returns: `nil` where all values are equal or there are fewer than two.
  package init?(_ values: [Double], level: Double = 0.95) {
    let values = values.filter { !$0.isNaN }
    let n = Double(values.count)
    guard let low = values.min(), let high = values.max(), low < high else { return nil }
    var means: [(value: Double, weight: Double)] = []
    Resamples.forEach(of: values.count) { counts, weight in
      var sum = 0.0
      for (value, count) in zip(values, counts) { sum += value * Double(count) }
      means.append((sum / n, weight))
    }
    let resampled = WeightedValues(means)
    let observed = values.mean
    // Two sums of the same values in another order may differ in the last bit.
    let nearness = 1e-12 * max(abs(low), abs(high))
    let below = means.map { mean in
      abs(mean.value - observed) <= nearness
        ? mean.weight / 2 : mean.value < observed ? mean.weight : 0
    }.compensatedSum
    bias = NormalDistribution.quantile(below)
    acceleration = Self.acceleration(values)
    let tail = (1 - level) / 2
    percentile = Interval(low: resampled.quantile(tail), high: resampled.quantile(1 - tail))
    let (bias, acceleration) = (bias, acceleration)
    func end(_ z: Double) -> Double {
      let shifted = bias + z
      return resampled.quantile(
        NormalDistribution.cumulative(bias + shifted / (1 - acceleration * shifted)))
    }
    let z = NormalDistribution.quantile(tail)
    interval = Interval(low: end(z), high: end(-z))
  }

  /// Σd³ / (6 (Σd²)^{3/2}), where d is how far the mean without each value lies below their mean.
  private static func acceleration(_ values: [Double]) -> Double {
    let sum = values.compensatedSum
    let without = values.map { (sum - $0) / Double(values.count - 1) }
    let centre = without.mean
    let distances = without.map { centre - $0 }
    let squares = distances.map { $0 * $0 }.compensatedSum
    let cubes = distances.map { $0 * $0 * $0 }.compensatedSum
    return squares > 0 ? cubes / (6 * pow(squares, 1.5)) : 0
  }
}
