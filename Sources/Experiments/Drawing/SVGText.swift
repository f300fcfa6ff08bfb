import Foundation
import Tracking

/// An SVG document that is being written: boxes, lines with arrowheads, images and text.
struct SVGText {
  private var elements: [String] = []
  private let size: (width: Double, height: Double)

  enum Anchor: String {
    case start
    case end
  }

  init(width: Double, height: Double) { size = (width, height) }

  /// The width of a text in pixels. Each letter of the fonts that are asked for takes 0.602 of the size,
  /// and a little more where a program draws letters at whole pixels.
  static func width(_ text: String, size: Double) -> Double {
    0.64 * size * Double(TextWidth.of(text))
  }

  mutating func box(x: Double, y: Double, width: Double, height: Double, fill: String) {
    elements.append(
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" "
        + "height=\"\(Self.number(height))\" rx=\"4\" fill=\"\(fill)\" stroke=\"#555555\"/>")
  }

  /// - Parameter path: in SVG's words, as in `M 0 0 H 10`.
  mutating func arrow(_ path: String, isDashed: Bool = false) {
    let path = path.split(separator: " ").map { Double($0).map(Self.number) ?? String($0) }
    elements.append(
      "<path d=\"\(path.joined(separator: " "))\" fill=\"none\" stroke=\"#555555\""
        + (isDashed ? " stroke-dasharray=\"4 3\"" : "") + " marker-end=\"url(#arrow)\"/>")
  }

  mutating func text(
    _ text: String, x: Double, y: Double, size: Double, anchor: Anchor = .start,
    isBold: Bool = false
  ) {
    guard !text.isEmpty else { return }
    elements.append(
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\""
        + (anchor == .end ? " text-anchor=\"end\"" : "")
        + (isBold ? " font-weight=\"bold\"" : "") + ">\(Self.escaped(text.printable))</text>")
  }

  /// - Parameter png: the bytes of a PNG, drawn pixel by pixel.
  mutating func image(_ png: [UInt8], x: Double, y: Double, width: Double, height: Double) {
    elements.append(
      "<image x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\" "
        + "height=\"\(Self.number(height))\" style=\"image-rendering: pixelated\" "
        + "href=\"data:image/png;base64,\(Data(png).base64EncodedString())\"/>")
  }

  var document: String {
    let (width, height) = (Self.number(size.width), Self.number(size.height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace">
      <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" \
      markerHeight="7" orient="auto"><path d="M 0 0 L 8 4 L 0 8 z" fill="#555555"/></marker></defs>
      <rect width="100%" height="100%" fill="#ffffff"/>
      \(elements.joined(separator: "\n"))
      </svg>

      """
  }

  /// Hundredths of a pixel.
  private static func number(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
