/// A page with sections under a header, and a navigation beside them.
package struct PageDocument {
  private let title: String
  private let generator: String
  private let head: HTML
  private let attributes: HTML
  private let introduction: HTML
  private let header: HTML
  private let sections: [ReportSection]
  private let legend: HTML
  private let ending: HTML

  /// - Parameters:
  ///   - generator: name and version of the program.
  ///   - head: content policy and style.
  ///   - attributes: of the body, with a blank before them.
  ///   - introduction: what stands above the header.
  ///   - legend: what stands below the navigation.
  ///   - ending: what stands behind everything that is seen.
  init(
    title: String, generator: String, head: HTML, attributes: HTML = .empty,
    introduction: HTML = .empty, header: HTML, sections: [ReportSection], legend: HTML = .empty,
    ending: HTML = .empty
  ) {
    (self.title, self.generator, self.head) = (title, generator, head)
    (self.attributes, self.introduction) = (attributes, introduction)
    (self.header, self.sections, self.legend) = (header, sections, legend)
    self.ending = ending
  }

  /// A page that runs nothing and loads nothing: its style is in it, and its policy allows no more.
  package init(
    title: String, generator: String, header: HTML, sections: [ReportSection], legend: HTML = .empty
  ) {
    self.init(
      title: title, generator: generator, head: .policy(.standard, nil) + .embedded(.standard),
      header: header, sections: sections, legend: legend)
  }

  /// Equal contents give equal bytes.
  package var text: String {
    let document: HTML = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      \(head)\
      <meta name="generator" content="\(generator)">
      </head><body\(attributes)>
      <a class="skip" href="#main">to the content</a>
      <div class="page">
      \(navigation)<main id="main">
      \(introduction)\(ReportPart("header", header).element)\
      \(sections.map(\.element))</main>
      </div>
      \(ending)</body></html>

      """
    return document.text
  }

  private var navigation: HTML {
    let entries = sections.filter(\.isShown).map { section -> HTML in
      "<li><a href=\"#\(section.id)\">\(section.shortTitle)</a></li>\n"
    }
    return ReportPart(
      "navigation", "<nav aria-label=\"Sections\"><ol>\n\(entries)</ol>\n\(legend)</nav>\n"
    ).element
  }
}
