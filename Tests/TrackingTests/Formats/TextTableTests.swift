import Testing

@testable import Tracking

struct TextTableTests {
  @Test("runs")
  func runs() {
    print(SampleTables.runs.formatted(as: .text))
  }

  @Test("seeds")
  func seeds() {
    print(SampleTables.seeds.formatted(as: .text))
  }
}
