import Testing

@testable import Tracking

struct JSONTableTests {
  @Test("runs")
  func runs() {
    print(SampleTables.runs.formatted(as: .json))
  }

  @Test("seeds")
  func seeds() {
    print(SampleTables.seeds.formatted(as: .json))
  }
}
