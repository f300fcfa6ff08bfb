internal import Groundwork
internal import Tracking

/// A report that was written to a file.
struct WrittenReport: Encodable {
  let file: String
  let bytes: Int
  let runs: Int
  let records: String

  init(_ maker: ReportMaker, to file: String) throws {
    let report = try maker.report()
    let bytes = Array(ReportPage(report, .file).text.utf8)
    try FileBytes.write(bytes, to: file)
    self.file = file
    self.bytes = bytes.count
    runs = report.stamp.store.runs.count
    records = report.stamp.store.hash
  }

  var text: String {
    "\(file)  \(Units.count(runs, "run")), \(Units.bytes(bytes)), records \(records)"
  }
}
