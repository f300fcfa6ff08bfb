/// A report as a document: one file that needs nothing else, or the page of a server that goes on.
package struct ReportPage: Sendable {
  package enum Kind: Sendable {
    /// Style sheet and script in the page, which allows itself these and nothing else.
    case file
    /// Style sheet and script from the server, whose answers carry the policy.
    case live
  }

  package static let (stylePath, scriptPath) = ("/report.css", "/report.js")

  private let report: Report
  private let kind: Kind

  package init(_ report: Report, _ kind: Kind) { (self.report, self.kind) = (report, kind) }

  /// Equal reports give equal bytes.
  package var text: String {
    let (style, script) = HTML.embedded(.standard, .standard)
    let document = PageDocument(
      title: report.title, generator: report.stamp.program,
      head: isLive ? Self.links : .policy(.standard, .standard) + style,
      attributes: isLive ? " data-live" : .empty,
      introduction: isLive ? Self.liveLine : .empty, header: report.header,
      sections: report.sections, legend: report.legend,
      ending: report.stamp.element + (isLive ? .empty : script))
    return document.text
  }

  private var isLive: Bool { kind == .live }

  private static let liveLine: HTML =
    "<p class=\"eyebrow\"><span class=\"chip live\" id=\"live\" role=\"status\">live</span></p>\n"

  private static let links: HTML = """
    <link rel="stylesheet" href="/report.css">
    <script src="/report.js" defer></script>

    """
}
