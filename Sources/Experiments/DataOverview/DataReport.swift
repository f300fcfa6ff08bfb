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
  /// - Throws: ``Failure`` once everything is said, where a training would refuse the data.
  func write(json: Bool, page: String?, sheet: String?, count: Int, screen: Screen) throws {
    let overview = data.overview
    if json {
      print(try JSONOutput.text(OverviewJSON(data, findings)))
    } else {
      print(OverviewText(data: data, findings: findings).text(style: .output))
      for warning in overview.warnings { screen.print("warning: \(warning)".printable) }
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
    guard !overview.problems.isEmpty else { return }
    let error = DataError(overview.problems)
    let count = "\(Units.count(overview.problems.count, "error")) in the data"
    // JSON has them among the rest.
    throw Failure(
      error.isOfTheSystem ? .damagedStore : .badInput,
      json ? nil : (error.lines(prefix: "error: ") + [count]).joined(separator: "\n"))
  }
}
