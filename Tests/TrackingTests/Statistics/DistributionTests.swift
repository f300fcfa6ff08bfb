import Testing

@testable import Tracking

@Suite("Distributions are those of scipy to ten digits")
struct DistributionTests {
  @Test("the regularised incomplete beta function")
  func incompleteBeta() throws {
    let cases = try GoldenStatistics.section("incomplete_beta").list
    #expect(cases.count == 5)
    for item in cases {
      let value = IncompleteBeta.value(item["a"].number, item["b"].number, x: item["x"].number)
      #expect(agrees(value, item["I"]))
    }
  }

  @Test("quantiles and p-values of Student's t")
  func studentT() throws {
    let golden = try GoldenStatistics.section("student_t")
    #expect(golden["two_sided_quantile"].list.count == 39)
    for item in golden["two_sided_quantile"].list {
      let t = StudentT(item["df"].number).twoSidedQuantile(level: item["level"].number)
      #expect(agrees(t, item["t"]), "df \(item["df"].number)")
    }
    #expect(golden["two_sided_p"].list.count == 40)
    for item in golden["two_sided_p"].list {
      let p = StudentT(item["df"].number).twoSidedP(item["t"].number)
      #expect(agrees(p, item["p"]), "df \(item["df"].number), t \(item["t"].number)")
    }
  }

  @Test("the cumulative function is one half at zero and mirrors itself")
  func cumulative() {
    let t = StudentT(4)
    #expect(t.cumulative(0) == 0.5)
    #expect(abs(t.cumulative(-1.3) + t.cumulative(1.3) - 1) < 1e-15)
    #expect(t.twoSidedP(.infinity) == 0)
  }

  @Test("the normal distribution and its quantiles")
  func normal() throws {
    let golden = try GoldenStatistics.section("normal")
    for item in golden["cdf"].list {
      #expect(agrees(NormalDistribution.cumulative(item["z"].number), item["p"]))
    }
    for item in golden["quantile"].list {
      #expect(agrees(NormalDistribution.quantile(item["p"].number), item["z"]))
    }
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    for exponent in 1...300 {
      let p = Double(sign: .plus, exponent: -exponent, significand: 1)
      let back = NormalDistribution.cumulative(NormalDistribution.quantile(p))
      #expect(abs(back / p - 1) < 1e-12)
    }
  }
}
