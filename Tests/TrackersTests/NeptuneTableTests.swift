import Testing

@testable import Trackers

@Suite struct NeptuneTableTests {
  private let folder = TemporaryFolder()

  private func rows(_ text: String) throws -> [[String]] {
    var reader = CSVReader(ByteSource(Array(text.utf8), path: "a.csv"))
    var rows: [[String]] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  @Test("fields may be quoted, with commas, quotes and line breaks in them")
  func fields() throws {
    #expect(
      try rows("a,\"b,\"\"c\"\"\",\r\n\"d\ne\",,f") == [["a", "b,\"c\"", ""], ["d\ne", "", "f"]])
    #expect(try rows("") == [] && rows("a\n") == [["a"]] && rows("\n") == [[""]])
  }

  @Test("a quote that does not end is told with the line that it begins in")
  func unended() {
    let error = #expect(throws: TrackerError.self) { _ = try self.rows("a,b\nc,\"d\n\n") }
    #expect(error?.place == "a.csv:2")
  }

  private static let header =
    "project_id,run_id,attribute_path,attribute_type,step,int_value,float_value,string_value,bool_value,datetime_value,string_set_value"

  @Test("a run has its parameters, curves, tags and facts, and what is left out is counted")
  func run() throws {
    let text = """
      \(Self.header)
      ws/seg,R-1,sys/name,string,,,,first,,,
      ws/seg,R-1,sys/tags,string_set,,,,,,,"['a' 'b c']"
      ws/seg,R-1,sys/failed,bool,,,,,True,,
      ws/seg,R-1,sys/creation_time,datetime,,,,,,2024-05-01 12:30:00.5+00:00,
      ws/seg,R-1,parameters/lr,float,,,0.1,,,,
      ws/seg,R-1,final/iou,float,,,0.5,,,,
      ws/seg,R-1,metrics/val/iou,float_series,0.000000,,0.25,,,,
      ws/seg,R-1,metrics/val/iou,float_series,1.500000,,NaN,,,,
      ws/seg,R-1,monitoring/cpu,float_series,0.0,,3,,,,
      ws/seg,R-1,logs,string_series,0.0,,,line,,,
      """
    try folder.write(text, to: "neptune.csv")
    #expect(NeptuneTable.isOne("\(folder.path)/neptune.csv"))
    let run = try #require(try NeptuneTable.runs("\(folder.path)/neptune.csv").first)
    #expect(run.id == "R-1" && run.name == "first" && run.group == "ws/seg")
    #expect(run.parameters == ["lr": "0.1"] && run.facts == ["final/iou": "0.5"])
    #expect(run.tags == ["a", "b c"] && run.status == .failed("failed"))
    #expect(run.startedAt?.timeIntervalSince1970 == 1_714_566_600)
    let points = try #require(run.series["metrics/val/iou"]?.points)
    #expect(points.map(\.step) == [0, 1.5] && points[0].value == 0.25 && points[1].value.isNaN)
    #expect(
      run.leftOut == [
        "1 attributes of the type string_series are left out", "1 monitoring are left out",
      ])
  }

  @Test("a table without the columns, and rows of other lengths, are refused with their place")
  func refusals() throws {
    try folder.write("a,b\n1,2\n", to: "other.csv")
    let other = #expect(throws: TrackerError.self) {
      _ = try NeptuneTable.runs("\(self.folder.path)/other.csv")
    }
    #expect(other?.remedy.contains("duckdb") == true)
    try folder.write("\(Self.header)\na,b\n", to: "short.csv")
    let short = #expect(throws: TrackerError.self) {
      _ = try NeptuneTable.runs("\(self.folder.path)/short.csv")
    }
    #expect(short?.place.hasSuffix("short.csv:2") == true)
    try folder.write("PAR1…", to: "a.parquet")
    #expect(
      NeptuneTable.isParquet("\(folder.path)/a.parquet") && NeptuneTable.isParquet(folder.path))
  }
}
