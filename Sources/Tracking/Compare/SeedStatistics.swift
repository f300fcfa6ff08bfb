/// A value over the seeds of one point of a sweep.
package struct SeedStatistics: Sendable, Hashable {
  package let mean: Double
  /// Sample standard deviation, with n − 1 in the denominator; `nil` for a single value.
  package let deviation: Double?
  /// How many values there are.
  package let count: Int

  /// - Parameter values: in any order; NaN is left out.
  /// - Returns: `nil` where no value is left.
  package init?(_ values: [Double]) {
    // In rising order, so that the sum does not depend on the order of the seeds.
    let values = values.filter { !$0.isNaN }.sorted()
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
    count = values.count
  }
}
