import Foundation
import Testing

@testable import Sampling

struct NormalDistributionTests {
  @Test("erfc agrees with the C library's from one tail to the other")
  func erfcAgrees() {
    for x in stride(from: -6.0, through: 26, by: 0.0625) {
      let expected = Foundation.erfc(x)
      #expect((NormalDistribution.erfc(x) - expected).magnitude <= 1e-12 * expected)
    }
  }

  @Test("logarithms of masses, quantiles and tails are SciPy's")
  func truncation() throws {
    let golden = try Golden.load().truncnorm
    expect(
      golden.a_b.rows.map { NormalDistribution.logMass($0[0], $0[1]) }, golden.log_mass.numbers)
    expect(
      golden.q_a_b.rows.map { NormalDistribution.truncatedQuantile($0[0], $0[1], $0[2]) },
      golden.ppf.numbers)
    for (x, value) in golden.log_ndtr.table {
      let computed = NormalDistribution.logCumulative(x)
      #expect((computed - value).magnitude <= 1e-8 * value.magnitude)
    }
  }

  @Test("a quantile is where the distribution has that much")
  func quantiles() {
    for p in [1e-300, 1e-12, 0.001, 0.3, 0.5, 0.7, 0.995, 1 - 1e-12] {
      let x = NormalDistribution.quantile(p)
      #expect((NormalDistribution.cumulative(x) - p).magnitude <= 1e-11 * p)
    }
  }
}
