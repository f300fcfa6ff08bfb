import Tracking

/// Boxes, arrows, images and text at places, in letters of one width, so that their room is known.
struct Diagram {
  private(set) var drawing: Drawing
  /// What it is called by who reads it aloud.
  let title: String

  init(width: Double, height: Double, title: String) {
    drawing = Drawing(width: width, height: height)
    self.title = title
  }

  var svg: String {
    SVGWriter(.file(.light), isMonospaced: true)
      .text(of: drawing, title: title, description: title)
  }

  /// The width of a text in pixels. Each letter of the fonts that are asked for takes 0.602 of the size,
  /// and a little more where a program draws letters at whole pixels.
  static func width(_ text: String, size: Double) -> Double {
    0.64 * size * Double(TextWidth.of(text))
  }

  mutating func box(x: Double, y: Double, width: Double, height: Double, fill: PlotColour) {
    let box = Box(x: x, y: y, width: width, height: height)
    drawing.elements.append(
      .shape(
        Drawing.Shape(
          path: [.rectangle(box, corner: 4)], fill: .colour(fill), stroke: Self.outline)))
  }

  /// A line with a head at its end, which the last two points direct.
  ///
  /// - Parameter points: those that a line goes through with round corners, at least two.
  mutating func arrow(through points: [PlotPoint], isDashed: Bool = false) {
    var stroke = Self.outline
    if isDashed { stroke.dash = [4, 3] }
    drawing.elements.append(.shape(Drawing.Shape(path: Self.rounded(points), stroke: stroke)))
    guard let tip = points.last, let before = points.dropLast().last else { return }
    let (dx, dy) = (tip.x - before.x, tip.y - before.y)
    let length = max((dx * dx + dy * dy).squareRoot(), 1e-9)
    let (ux, uy) = (dx / length, dy / length)
    let corners = [3.5, -3.5].map { side in
      PlotPoint(tip.x - 7 * ux - side * uy, tip.y - 7 * uy + side * ux)
    }
    drawing.elements.append(
      .shape(
        Drawing.Shape(
          path: [.move(tip), .line(corners[0]), .line(corners[1]), .close], fill: .secondary)))
  }

  mutating func text(
    _ text: String, x: Double, y: Double, size: Double, anchor: TextMark.Anchor = .start,
    isBold: Bool = false
  ) {
    guard !text.isEmpty else { return }
    drawing.elements.append(
      .text(
        Drawing.Text(
          text: text, place: PlotPoint(x, y), ink: .text, size: size, anchor: anchor,
          isBold: isBold)))
  }

  /// - Parameter png: the bytes of a PNG, drawn pixel by pixel.
  mutating func image(
    _ png: [UInt8], x: Double, y: Double, width: Double, height: Double, about: String
  ) {
    let box = Box(x: x, y: y, width: width, height: height)
    drawing.elements.append(.image(Drawing.Image(png: png, box: box, about: about)))
  }

  private static let outline = Stroke(.secondary, width: 1)
  private static let bend = 7.0

  /// Lines through the points, bent where two meet.
  private static func rounded(_ points: [PlotPoint]) -> [Drawing.Segment] {
    guard let first = points.first, points.count > 1 else { return [] }
    var path: [Drawing.Segment] = [.move(first)]
    for index in points.indices.dropFirst().dropLast() {
      let corner = points[index]
      let start = towards(points[index - 1], from: corner)
      let end = towards(points[index + 1], from: corner)
      // A quadratic curve about the corner, as a cubic one.
      func control(_ point: PlotPoint) -> PlotPoint {
        PlotPoint(
          point.x + 2 * (corner.x - point.x) / 3, point.y + 2 * (corner.y - point.y) / 3)
      }
      path += [.line(start), .curve(control(start), control(end), end)]
    }
    return path + [.line(points[points.count - 1])]
  }

  private static func towards(_ point: PlotPoint, from corner: PlotPoint) -> PlotPoint {
    let (dx, dy) = (point.x - corner.x, point.y - corner.y)
    let length = max((dx * dx + dy * dy).squareRoot(), 1e-9)
    let share = min(bend, length / 2) / length
    return PlotPoint(corner.x + share * dx, corner.y + share * dy)
  }
}
