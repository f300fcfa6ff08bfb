/// The exponential moving average with its bias removed (Kingma and Ba 2015): m ← w·m + (1 − w)·x,
/// y = m / (1 − wᵗ), where t counts the values so far. A value that is not finite is a gap and does not
/// advance t. A constant stays itself. For the eye alone: no table and no best evaluation has it.
package enum Smoothing {
  /// - Parameter weight: from 0, which changes nothing, to below 1.
  package static func smoothed(_ values: [Double], weight: Double) -> [Double] {
    guard weight > 0, weight < 1 else { return values }
    var (average, remaining) = (0.0, 1.0)
    return values.map { value in
      guard value.isFinite else { return value }
      average = weight * average + (1 - weight) * value
      remaining *= weight
      return average / (1 - remaining)
    }
  }
}
