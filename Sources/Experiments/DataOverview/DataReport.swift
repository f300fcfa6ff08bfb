internal import Datasets
internal import Groundwork
internal import Tracking

/// What a look at data says: on the terminal, as JSON, as a page and as a contact sheet.
struct DataReport {
  let data: LookedData
  let findings: [DataFinding]

  init(_ data: LookedData) {
    self.data = data
    findings = DataFinding.all(data)
  }

  /// - Parameters:
  ///   - page: the file of the page; `nil` for none.
  ///   - sheet: the file of the contact sheet; `nil` for none.
  ///   - count: images on either, besides suspicious ones.
  /// - Throws: ``DataDiagnostics`` or `DataError` once the rest is said, where a training would refuse
  ///   the data.
  func write(json: Bool, page: String?, sheet: String?, count: Int, screen: Screen) throws {
    let overview = data.overview
    if json {
      print(try JSONOutput.text(OverviewJSON(data, findings)))
    } else {
      print(OverviewText(data: data, findings: findings).text(style: .output))
      if overview.problems.isEmpty {
        for warning in overview.warnings { screen.print("warning: \(warning)".printable) }
      }
    }
    if page != nil || sheet != nil {
      let shown = ShownSamples(data, findings, count: count)
      if let sheet {
        let written = try OverviewSheet(shown).write(to: sheet)
        screen.print("\(sheet)  \(written)")
      }
      if let page {
        let bytes = Array(OverviewPage(data, findings, shown).text.utf8)
        try FileBytes.write(bytes, to: page)
        screen.print("\(page)  \(shown.summary), \(Units.bytes(bytes.count))")
      }
    }
    guard let refusal = data.refusal else { return }
    // JSON has the errors among the rest.
    if json { throw Failure(ExitStatus.status(of: refusal) ?? .badInput) }
    throw refusal
  }
}
