import Testing

@testable import Tracking

struct ReplicateValuesTests {
  private func values(_ numbers: [Double]) -> ReplicateValues {
    ReplicateValues(
      numbers.enumerated().map { index, number in
        .init(
          run: RunPlace(experiment: "cells", number: index, id: "\(index)"), seed: UInt64(index),
          value: number)
      })
  }

  @Test("the deviation is the sample's, with n − 1 in the denominator")
  func sampleDeviation() throws {
    let summary = try #require(values([2, 4, 4, 4, 5, 5, 7, 9]).summary)
    #expect(summary.mean == 5)
    #expect(summary.deviation == (32.0 / 7).squareRoot())
    #expect(summary.count == 8)
  }

  @Test("a single value has no deviation, and equal values have none but zero")
  func small() {
    #expect(values([0.5]).summary?.deviation == nil)
    #expect(values([0.5, 0.5]).summary?.deviation == 0)
  }

  @Test("missing values keep their seed and are in no mean")
  func missing() {
    let replicates = values([.nan, 1, 3])
    #expect(replicates.summary?.mean == 2 && replicates.entries.count == 3)
    #expect(values([.nan]).summary == nil)
  }

  @Test("the order of the seeds does not change a bit")
  func order() {
    let numbers = [0.1, 0.7, 1e-17, 0.3, 1e9]
    #expect(values(numbers).summary == values(numbers.reversed()).summary)
  }
}
