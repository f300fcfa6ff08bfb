import Testing

@testable import Tracking

struct TableFormatTests {
  @Test("formats are found by their names, each name once")
  func names() {
    #expect(TableFormats.names == ["text", "md", "csv", "json", "latex", "html"])
    for name in TableFormats.names { #expect(TableFormats.named(name)?.name == name) }
    #expect(TableFormats.named("vega") == nil)
  }

  @Test("every format ends with the end of a line", arguments: TableFormats.names)
  func lastLine(name: String) throws {
    let format = try #require(TableFormats.named(name))
    for table in [SampleTables.runs, SampleTables.seeds, Comparison([])] {
      #expect(table.formatted(as: format).last?.isNewline == true)
    }
  }
}
