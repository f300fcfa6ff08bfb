/// Two groups without pairs.
package struct UnpairedComparison: Sendable, Hashable {
  package let meanDifference: Double
  /// Welch's test (1947), which lets the groups vary differently; `nil` where a group has fewer than two
  /// values or neither varies.
  package let welch: TTest?
  package let mannWhitney: MannWhitneyTest

  /// - Returns: `nil` where a group is empty.
  package init?(_ a: [Double], _ b: [Double]) {
    guard let first = SampleSummary(a), let second = SampleSummary(b),
      let ranks = MannWhitneyTest(a, b)
    else { return nil }
    meanDifference = first.mean - second.mean
    mannWhitney = ranks
    welch = Self.welch(first, second)
  }

  private static func welch(_ a: SampleSummary, _ b: SampleSummary) -> TTest? {
    guard let errorA = a.standardError, let errorB = b.standardError else { return nil }
    let (varianceA, varianceB) = (errorA * errorA, errorB * errorB)
    let variance = varianceA + varianceB
    guard variance > 0 else { return nil }
    // Satterthwaite's degrees of freedom.
    let degrees =
      variance * variance
      / (varianceA * varianceA / Double(a.count - 1) + varianceB * varianceB / Double(b.count - 1))
    return TTest(
      estimate: a.mean - b.mean, standardError: variance.squareRoot(), degreesOfFreedom: degrees)
  }
}
