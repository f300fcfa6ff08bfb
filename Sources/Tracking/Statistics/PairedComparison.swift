internal import Glibc

/// Two groups whose values come in pairs, as those of two points over the same seeds.
package struct PairedComparison: Sendable, Hashable {
  /// a − b of each pair.
  package let differences: [Double]
  /// How often a is greater, smaller, and equal.
  package let wins: Int
  package let losses: Int
  package let ties: Int

  package init(_ a: [Double], _ b: [Double]) {
    precondition(a.count == b.count, "pairs have two values")
    self.init(differences: zip(a, b).map { $0 - $1 })
  }

  package init(differences: [Double]) {
    self.differences = differences
    wins = differences.count { $0 > 0 }
    losses = differences.count { $0 < 0 }
    ties = differences.count { $0 == 0 }
  }

  package var count: Int { differences.count }

  package var meanDifference: Double { differences.mean }

  /// Sample standard deviation of the differences; `nil` for fewer than two pairs. Differences that are
  /// equal but for the rounding of their subtraction have none.
  package var deviation: Double? {
    guard let summary = SampleSummary(differences), let deviation = summary.deviation else {
      return nil
    }
    let largest = differences.map { abs($0) }.max() ?? 0
    return deviation <= 1e-13 * largest ? 0 : deviation
  }

  /// How often the pairs agree on which group is greater.
  package var agreeing: Int { max(wins, losses) }

  /// Whether every pair says the same, and none is equal.
  package var allAgree: Bool { count > 0 && agreeing == count }

  /// The share of the pairs in which a is greater, equal ones counted half.
  package var probabilityOfImprovement: Double {
    (Double(wins) + Double(ties) / 2) / Double(count)
  }

  /// Student's paired test; `nil` for fewer than two pairs, and where all differences are equal.
  package var tTest: TTest? {
    guard let deviation, deviation > 0 else { return nil }
    return TTest(
      estimate: meanDifference, standardError: deviation / Double(count).squareRoot(),
      degreesOfFreedom: Double(count - 1))
  }

  /// The corrected resampled t test (Nadeau and Bengio, 2003), for pairs that are folds: their training
  /// sets overlap, so that the variance of the mean is greater than s²/n.
  ///
  /// - Parameter testShare: samples that a fold is judged on, over those that it is trained on: 1 / (k − 1)
  ///   for k equal folds.
  package func correctedTTest(testShare: Double) -> TTest? {
    guard let deviation, deviation > 0 else { return nil }
    return TTest(
      estimate: meanDifference,
      standardError: deviation * (1 / Double(count) + testShare).squareRoot(),
      degreesOfFreedom: Double(count - 1))
  }

  /// Hedges' g_z: the mean difference in standard deviations of the differences, corrected for how few
  /// they are; `nil` where the differences do not vary.
  package var hedgesGz: Double? {
    guard let deviation, deviation > 0 else { return nil }
    return Self.hedgesCorrection(degreesOfFreedom: Double(count - 1)) * meanDifference / deviation
  }

  /// Γ(ν/2) / (√(ν/2) Γ((ν−1)/2)); 0 for one degree of freedom.
  static func hedgesCorrection(degreesOfFreedom: Double) -> Double {
    guard degreesOfFreedom > 1 else { return 0 }
    return exp(logGamma(degreesOfFreedom / 2) - logGamma((degreesOfFreedom - 1) / 2))
      / (degreesOfFreedom / 2).squareRoot()
  }
}

/// A test of an estimate against zero by Student's t.
package struct TTest: Sendable, Hashable {
  package let estimate: Double
  package let standardError: Double
  package let degreesOfFreedom: Double

  package var t: Double { estimate / standardError }

  package var p: Double { StudentT(degreesOfFreedom).twoSidedP(t) }

  package func interval(level: Double = 0.95) -> Interval {
    let half = StudentT(degreesOfFreedom).twoSidedQuantile(level: level) * standardError
    return Interval(low: estimate - half, high: estimate + half)
  }
}
