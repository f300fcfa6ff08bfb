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
    let document: HTML = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(report.title)</title>
      \(isLive ? Self.links : .policy(.standard, .standard) + style)\
      <meta name="generator" content="\(report.stamp.program)">
      </head><body\(isLive ? " data-live" : .empty)>
      <a class="skip" href="#main">to the content</a>
      <div class="page">
      \(navigation)<main id="main">
      \(isLive ? Self.liveLine : .empty)\(ReportPart("header", report.header).element)\
      \(report.sections.map(\.element))</main>
      </div>
      \(report.stamp.element)\(isLive ? .empty : script)</body></html>

      """
    return document.text
  }

  private var isLive: Bool { kind == .live }

  private var navigation: HTML {
    let entries = report.sections.filter(\.isShown).map { section -> HTML in
      "<li><a href=\"#\(section.id)\">\(section.shortTitle)</a></li>\n"
    }
    return ReportPart(
      "navigation", "<nav aria-label=\"Sections\"><ol>\n\(entries)</ol>\n\(report.legend)</nav>\n"
    ).element
  }

  private static let liveLine: HTML =
    "<p class=\"eyebrow\"><span class=\"chip live\" id=\"live\" role=\"status\">live</span></p>\n"

  private static let links: HTML = """
    <link rel="stylesheet" href="/report.css">
    <script src="/report.js" defer></script>

    """
}
