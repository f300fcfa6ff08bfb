internal import Digest

/// A part of a report under a heading of its own.
package struct ReportSection {
  /// What addresses end with: `#points`.
  let id: String
  let title: String
  /// In the navigation.
  let shortTitle: String
  /// False where the eye needs no heading.
  let showsTitle: Bool
  let content: Content

  package enum Content {
    case shown(HTML)
    /// Why there is nothing to show, a sentence without its point.
    case absent(String)
    /// The section means nothing for these runs, and nobody misses it.
    case needless
  }

  package init(
    _ id: String, _ title: String, short: String? = nil, showsTitle: Bool = true, _ content: Content
  ) {
    (self.id, self.title, self.content) = (id, title, content)
    (shortTitle, self.showsTitle) = (short ?? title, showsTitle)
  }

  var isShown: Bool {
    if case .shown = content { true } else { false }
  }

  var element: HTML {
    switch content {
    case .shown(let html):
      let unseen: HTML = showsTitle ? .empty : " class=\"unseen\""
      let heading: HTML = "<h2 id=\"\(id)-title\"\(unseen)>\(title)</h2>\n"
      return ReportPart(
        id, "<section id=\"\(id)\" aria-labelledby=\"\(id)-title\">\n\(heading)\(html)</section>\n"
      ).element
    case .absent(let reason):
      return ReportPart(id, "<p class=\"absent\">\(title): left out, because \(reason).</p>\n")
        .element
    case .needless: return .empty
    }
  }
}

/// A part of the page that is replaced as a whole where its content has changed.
struct ReportPart {
  let id: String
  let content: HTML

  init(_ id: String, _ content: HTML) { (self.id, self.content) = (id, content) }

  var element: HTML {
    var hash = SHA256()
    hash.update(content.text)
    let digest = String(hash.finalize().prefix(8))
    return "<div data-part=\"\(id)\" data-digest=\"\(digest)\">\n\(content)</div>\n"
  }
}

/// A figure with its title, what belongs to it, and its numbers as a table.
package struct ReportFigure {
  let id: String
  let figure: Figure
  /// What the script may do with it.
  var abilities: HTML = .empty

  private static let rows = 400

  package init(_ id: String, _ figure: Figure, abilities: HTML = .empty) {
    (self.id, self.figure, self.abilities) = (id, figure, abilities)
  }

  package var element: HTML {
    """
    <figure id="\(id)"\(abilities)>
    <div class="figure-head"><h3>\(figure.title)</h3></div>
    <div class="scroll">\(.drawing(of: figure))</div>
    <figcaption>\(figure.caption)</figcaption>
    \(numbers)</figure>

    """
  }

  private var numbers: HTML {
    guard !figure.table.rows.isEmpty else { return .empty }
    let head = figure.table.columns.map { "<th scope=\"col\">\($0)</th>" as HTML }
    let rows = figure.table.rows.prefix(Self.rows).map { row -> HTML in
      "<tr>\(row.map(Self.cell))</tr>\n"
    }
    let rest = figure.table.rows.count - rows.count
    let note: HTML =
      rest > 0 ? "<p class=\"small\">\(rest) further rows are in the chart alone.</p>\n" : .empty
    return """
      <details><summary>the numbers</summary><div class="scroll" tabindex="0"><table><thead><tr>\(head)</tr></thead>
      <tbody>\(rows)</tbody></table></div>\(note)</details>

      """
  }

  private static func cell(_ cell: FigureTable.Cell) -> HTML {
    if case .number = cell { return "<td class=\"num\">\(cell.text)</td>" }
    return "<td>\(cell.text)</td>"
  }
}
