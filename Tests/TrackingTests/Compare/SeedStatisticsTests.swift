import Testing

@testable import Tracking

struct SeedStatisticsTests {
  @Test("the deviation is the sample's, with n − 1 in the denominator")
  func sampleDeviation() throws {
    let statistics = try #require(SeedStatistics([2, 4, 4, 4, 5, 5, 7, 9]))
    #expect(statistics.mean == 5)
    #expect(statistics.deviation == (32.0 / 7).squareRoot())
    #expect(statistics.count == 8)
  }

  @Test("a single value has no deviation, and equal values have none but zero")
  func small() {
    #expect(SeedStatistics([0.5])?.deviation == nil)
    #expect(SeedStatistics([0.5, 0.5])?.deviation == 0)
  }

  @Test("missing values are left out")
  func missing() {
    #expect(SeedStatistics([.nan, 1, 3]) == SeedStatistics([1, 3]))
    #expect(SeedStatistics([.nan]) == nil)
    #expect(SeedStatistics([]) == nil)
  }

  @Test("the order of the seeds does not change a bit")
  func order() {
    let values = [0.1, 0.7, 1e-17, 0.3, 1e9]
    #expect(SeedStatistics(values) == SeedStatistics(values.reversed()))
  }
}
