/// A few values of one quantity, as those over the seeds of a point.
package struct SampleSummary: Sendable, Hashable {
  package let count: Int
  package let mean: Double
  /// Sample standard deviation, with n − 1 in the denominator; `nil` for a single value.
  package let deviation: Double?

  /// - Parameter values: in any order; NaN is left out.
  /// - Returns: `nil` where no value is left.
  package init?(_ values: some Sequence<Double>) {
    // In rising order, so that the sums do not depend on the order of the seeds.
    let values = values.filter { !$0.isNaN }.sorted()
    guard !values.isEmpty else { return nil }
    count = values.count
    mean = values.mean
    deviation = Self.deviation(values, mean)
  }

  private static func deviation(_ values: [Double], _ mean: Double) -> Double? {
    guard values.count > 1 else { return nil }
    let squares = values.map { ($0 - mean) * ($0 - mean) }.compensatedSum
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// Standard deviation of the mean, s / √n.
  package var standardError: Double? { deviation.map { $0 / Double(count).squareRoot() } }

  /// Student's interval for the mean: x̄ ± t·s/√n with n − 1 degrees of freedom; `nil` for a single
  /// value.
  package func interval(level: Double = 0.95) -> Interval? {
    standardError.map { error in
      let half = StudentT(Double(count - 1)).twoSidedQuantile(level: level) * error
      return Interval(low: mean - half, high: mean + half)
    }
  }
}

/// What lies from one number to another.
package struct Interval: Sendable, Hashable {
  package let low: Double
  package let high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}
