import Tracking

/// Runs with everything that `show --json` tells of one, in a list: facts, settings, every evaluation.
struct JSONFormat: ExportFormat {
  let name = "json"
  let about = "what show --json prints, of every run, in a list"
  let ending = ".json"
  let options: Set<ExportOption> = []
  let takesSeveral = true

  func export(_ request: ExportRequest) throws -> ExportReport {
    let text = try JSONOutput.text(request.runs.map { RunDescription($0) })
    try ExportedFile(request.file, text: text + "\n").write(to: request.file)
    var report = ExportReport(request, name)
    report.runs = request.runs.map(\.name)
    return report
  }
}
