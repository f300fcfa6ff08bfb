import Testing

@testable import Tracking

struct CSVTableTests {
  @Test("runs")
  func runs() {
    print(SampleTables.runs.formatted(as: .csv))
  }

  @Test("seeds")
  func seeds() {
    print(SampleTables.seeds.formatted(as: .csv))
  }
}
