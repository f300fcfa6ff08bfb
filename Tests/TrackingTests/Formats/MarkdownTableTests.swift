import Testing

@testable import Tracking

struct MarkdownTableTests {
  @Test("runs")
  func runs() {
    print(SampleTables.runs.formatted(as: .markdown))
  }

  @Test("seeds")
  func seeds() {
    print(SampleTables.seeds.formatted(as: .markdown))
  }
}
