internal import Digest
internal import Foundation

/// A figure as SVG. Equal figures give equal bytes.
package struct SVGWriter: Sendable {
  package enum Kind: Sendable, Hashable {
    /// A file of its own, in the colours of a theme.
    case file(Theme)
    /// A part of a page, without title and caption, which the page has; its colours are the page's
    /// variables, see ``Theme/styleVariables``.
    case fragment
  }

  package let kind: Kind

  package init(_ kind: Kind) { self.kind = kind }

  package func text(of figure: Figure) -> String {
    let drawing = figure.drawing(headings: kind != .fragment)
    return text(of: drawing, title: figure.title, description: figure.description)
  }

  /// - Parameters:
  ///   - title: what the drawing is called by who reads it aloud.
  ///   - description: what is in it.
  package func text(of drawing: Drawing, title: String, description: String) -> String {
    var body = Body(writer: self)
    for element in drawing.elements { body.add(element) }
    // The content names itself: figures of one page do not share ids.
    let digest = Self.digest(of: title + body.text)
    let (width, height) = (PixelText.of(drawing.width), PixelText.of(drawing.height))
    let content = body.text.replacing(Body.idMark, with: "f\(digest)")
    let root =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
      + "viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
      + "aria-labelledby=\"f\(digest)-title f\(digest)-about\" "
      + "font-family=\"Inter, system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\">"
    let words =
      "<title id=\"f\(digest)-title\">\(Self.escaped(title))</title>\n"
      + "<desc id=\"f\(digest)-about\">\(Self.escaped(description))</desc>"
    let paper =
      kind == .fragment
      ? "" : "<rect width=\"100%\" height=\"100%\" fill=\"\(colour(.paper))\"/>\n"
    return "\(root)\n\(words)\n\(paper)\(content)</svg>\n"
  }

  func colour(_ ink: Ink) -> String {
    switch kind {
    case .file(let theme): theme.colour(of: ink).hexadecimal
    case .fragment:
      ink.variable.map { "var(--\($0))" } ?? Theme.light.colour(of: ink).hexadecimal
    }
  }

  /// 8 hexadecimal digits.
  private static func digest(of content: String) -> String {
    var hash = SHA256()
    hash.update(content)
    return String(hash.finalize().prefix(8))
  }

  static func escaped(_ text: String) -> String {
    text.printable.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}
