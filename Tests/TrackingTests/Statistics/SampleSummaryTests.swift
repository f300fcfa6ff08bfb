import Testing

@testable import Tracking

@Suite("One group of values")
struct SampleSummaryTests {
  @Test("means, deviations and intervals are those of scipy")
  func summaries() throws {
    let golden = try GoldenStatistics.section("one_sample")
    #expect(golden.keys.count == 7)
    for key in golden.keys {
      let (sample, values) = (golden[key], golden[key]["x"].numbers)
      let summary = try #require(SampleSummary(values))
      #expect(agrees(summary.mean, sample["mean"]), "\(key)")
      #expect(agrees(values.median, sample["median"]), "\(key)")
      guard values.count > 1 else {
        #expect(summary.deviation == nil)
        #expect(summary.interval() == nil)
        continue
      }
      #expect(agrees(summary.deviation, sample["std"]), "\(key)")
      #expect(agrees(summary.standardError, sample["sem"]), "\(key)")
      for level in [90, 95, 99] {
        let interval = summary.interval(level: Double(level) / 100)
        let expected = sample["t_interval_\(level)"].numbers
        #expect(agrees(interval?.low, expected[0]), "\(key) \(level)")
        #expect(agrees(interval?.high, expected[1]), "\(key) \(level)")
      }
    }
  }

  @Test("bootstrap intervals are those of all resamples")
  func bootstrap() throws {
    let golden = try GoldenStatistics.section("one_sample")
    for key in golden.keys {
      let expected = golden[key]["bca95_exact"]
      let bootstrap = BootstrapInterval(golden[key]["x"].numbers)
      guard !expected.isMissing else {
        #expect(bootstrap == nil, "\(key)")
        continue
      }
      #expect(agrees(bootstrap?.bias, expected["z0"]), "\(key)")
      #expect(agrees(bootstrap?.acceleration, expected["acceleration"]), "\(key)")
      #expect(agrees(bootstrap?.interval.low, expected["low"]), "\(key)")
      #expect(agrees(bootstrap?.interval.high, expected["high"]), "\(key)")
      #expect(agrees(bootstrap?.percentile.low, expected["percentile_low"]), "\(key)")
      #expect(agrees(bootstrap?.percentile.high, expected["percentile_high"]), "\(key)")
    }
  }

  @Test(
    "the resamples of n things are C(2n − 1, n) and their probabilities sum to 1",
    arguments: [(1, 1), (2, 3), (3, 10), (5, 126), (8, 6435)])
  func resamples(things: Int, expected: Int) {
    var (count, sum) = (0, 0.0)
    Resamples.forEach(of: things) { counts, weight in
      #expect(counts.reduce(0, +) == things)
      count += 1
      sum += weight
    }
    #expect(count == expected)
    #expect(abs(sum - 1) < 1e-12)
  }

  @Test("above ten things a fixed sample stands for all resamples")
  func sampledResamples() {
    let values = (0..<14).map { Double($0 * $0 % 11) }
    let first = BootstrapInterval(values)
    #expect(first == BootstrapInterval(values))
    let exact = SampleSummary(values)?.interval()
    #expect(abs((first?.interval.low ?? 0) - (exact?.low ?? 9)) < 0.5)
  }

  @Test("a sum does not lose small terms, and equal values have their own mean")
  func sums() {
    #expect([1e16, 1, 1, -1e16].compensatedSum == 2)
    #expect([0.1, 0.1, 0.1].mean == 0.1)
    #expect(SampleSummary([0.1, 0.1, 0.1])?.deviation == 0)
    #expect(SampleSummary([.nan])?.count == nil)
    #expect(SampleSummary([3, 1, 2]) == SampleSummary([2, 3, .nan, 1]))
  }
}
