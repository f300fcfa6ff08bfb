internal import Digest
internal import Foundation

/// A part of a page. Its markup stands in the program's text; whatever is put into it is escaped, by its
/// type: a text that was read somewhere cannot become markup.
///
///     let cell: HTML = "<td class=\"num\">\(run.name)</td>"
package struct HTML: Sendable, Hashable {
  package private(set) var text: String

  fileprivate init(trusted text: String) { self.text = text }

  package static let empty = HTML(trusted: "")

  package var isEmpty: Bool { text.isEmpty }

  package static func + (one: HTML, other: HTML) -> HTML { HTML(trusted: one.text + other.text) }

  package static func += (one: inout HTML, other: HTML) { one.text += other.text }

  /// As text or in quotes as the value of an attribute: nothing in it is markup, and nothing steers.
  fileprivate static func escaped(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n": escaped += "\n"
      case _ where scalar.isUnprintable: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension HTML: ExpressibleByStringInterpolation {
  /// Only what stands in the program's text is a `StaticString`.
  package init(stringLiteral literal: StaticString) { text = "\(literal)" }

  package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 32 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) { text += "\(literal)" }

    package mutating func appendInterpolation(_ text: String) { self.text += HTML.escaped(text) }

    package mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

    package mutating func appendInterpolation(_ html: HTML) { text += html.text }

    package mutating func appendInterpolation(_ parts: [HTML]) {
      for part in parts { text += part.text }
    }
  }
}

extension [HTML] {
  package func joined(_ separator: HTML) -> HTML {
    HTML(trusted: map(\.text).joined(separator: separator.text))
  }
}

// MARK: - What is no text

extension HTML {
  /// A figure, drawn.
  package static func drawing(of figure: Figure) -> HTML {
    HTML(trusted: SVGWriter(.fragment).text(of: figure))
  }

  /// A small figure among text: its title is all that is read aloud.
  ///
  /// - Parameter key: what tells it from others that look the same.
  static func small(_ figure: Figure, key: String) -> HTML {
    let drawing = figure.drawing(headings: false)
    return svg(drawing, key: key, "role=\"img\" aria-label=\"\(escaped(figure.title))\"")
  }

  /// The mark of a series, as large as a letter, beside its name.
  static func mark(_ shape: MarkShape, _ ink: Ink) -> HTML {
    var drawing = Drawing(width: 16, height: 14)
    drawing.add(
      .shape(MarkOutline.shape(shape, at: PlotPoint(7, 7), size: 4.6, ink, isOpen: false)))
    return svg(drawing, key: "", "class=\"mark\" aria-hidden=\"true\"")
  }

  private static func svg(_ drawing: Drawing, key: String, _ attributes: String) -> HTML {
    var body = SVGWriter.Body(writer: SVGWriter(.fragment))
    for element in drawing.elements { body.add(element) }
    let id = "s" + SHA256.hex(of: Data((key + body.text).utf8)).prefix(8)
    let (width, height) = (PixelText.of(drawing.width), PixelText.of(drawing.height))
    return HTML(
      trusted: "<svg \(attributes) width=\"\(width)\" height=\"\(height)\" "
        + "viewBox=\"0 0 \(width) \(height)\">"
        + body.text.replacing(SVGWriter.Body.idMark, with: id) + "</svg>")
  }

  /// Data for the page's script. No sequence in it ends the element, whatever the data are.
  package static func data(_ json: String, id: StaticString) -> HTML {
    let json = JSONText.printable(json).replacing("<", with: "\\u003c")
      .replacing(">", with: "\\u003e").replacing("&", with: "\\u0026")
    return HTML(trusted: "<script type=\"application/json\" id=\"\(id)\">\(json)</script>\n")
  }

  /// The style sheet and the script, which the page carries in itself.
  static func embedded(_ style: ReportStyle, _ script: ReportScript) -> (style: HTML, script: HTML)
  {
    (embedded(style), HTML(trusted: "<script>\(script.text)</script>\n"))
  }

  static func embedded(_ style: ReportStyle) -> HTML {
    HTML(trusted: "<style>\(style.text)</style>\n")
  }

  /// The policy that lets a page run and load what it carries, and nothing else.
  ///
  /// - Parameter script: `nil` where it carries none.
  static func policy(_ style: ReportStyle, _ script: ReportScript?) -> HTML {
    let scripts = script.map { "script-src 'sha256-\($0.digest)'; " } ?? ""
    return HTML(
      trusted: "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        + "\(scripts)style-src 'sha256-\(style.digest)'; img-src data:; "
        + "base-uri 'none'; form-action 'none'\">\n")
  }
}
