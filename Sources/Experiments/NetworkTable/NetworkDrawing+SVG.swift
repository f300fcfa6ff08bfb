import Tracking

extension NetworkDrawing {
  /// The drawing as a file that needs no other: letters of one width, so that their room is known.
  var svg: String {
    var svg = Diagram(width: width, height: height, title: title)
    svg.text(Self.shortened(title, to: width - 48, 15), x: 24, y: 30, size: 15, isBold: true)
    for flow in flows { draw(flow, in: &svg) }
    for skip in skips { draw(skip, in: &svg) }
    for box in boxes { draw(box, in: &svg) }
    for head in heads { draw(head, in: &svg) }
    drawLegend(in: &svg)
    return svg.svg
  }

  // MARK: - Measures

  private static let boxWidth = 340.0
  /// Room for the shapes of the skips, between the boxes and the first lane.
  private var gutter: Double {
    let widest = skips.map { Diagram.width(Self.label($0.shapes), size: 10) }.max() ?? 0
    return widest + 24
  }
  private static let lane = 14.0

  /// The left side of the boxes: names of heads stand before it.
  private var left: Double {
    24 + (heads.map { Diagram.width($0.text, size: 11) }.max() ?? 0) + 36
  }
  private var right: Double { left + Self.boxWidth }
  private var width: Double {
    let lanes = (skips.map(\.lane).max() ?? -1) + 1
    let drawn = right + (lanes == 0 ? 0 : gutter + Double(lanes) * Self.lane) + 24
    return max(drawn, Self.legendWidth + 48, Diagram.width(title, size: 15) + 48)
  }
  private var legendTop: Double { (boxes.last?.bottom ?? 0) + 30 }
  private var height: Double { legendTop + 64 }

  // MARK: - Parts

  private func draw(_ box: Box, in svg: inout Diagram) {
    svg.box(
      x: left, y: box.top, width: Self.boxWidth, height: box.height, fill: box.kind.color)
    let count = box.parameters == 0 ? "" : Units.count(box.parameters)
    let room = Self.boxWidth - 20
    svg.text(count, x: right - 10, y: box.top + 18, size: 11, anchor: .end)
    svg.text(
      Self.shortened(box.name, to: room - Diagram.width(count, size: 11) - 12, 13), x: left + 10,
      y: box.top + 18, size: 13, isBold: true)
    svg.text(
      Self.shortened(box.operation, to: room, 10.5), x: left + 10, y: box.top + 36, size: 10.5)
  }

  private func draw(_ flow: Flow, in svg: inout Diagram) {
    let x = left + Self.boxWidth / 2
    let (from, to) = (boxes[flow.source].bottom, boxes[flow.source + 1].top)
    svg.arrow(through: [PlotPoint(x, from), PlotPoint(x, to - 2)])
    svg.text(
      Self.shortened(Self.label(flow.shapes), to: Self.boxWidth / 2 - 12, 11), x: x + 8,
      y: (from + to) / 2 + 4, size: 11)
  }

  private func draw(_ skip: Skip, in svg: inout Diagram) {
    let x = right + gutter + (Double(skip.lane) + 0.5) * Self.lane
    svg.arrow(
      through: [
        PlotPoint(right, skip.start), PlotPoint(x, skip.start), PlotPoint(x, skip.end),
        PlotPoint(right + 2, skip.end),
      ], isDashed: skip.isPositions)
    svg.text(Self.label(skip.shapes), x: right + 10, y: skip.start - 4, size: 10)
  }

  private func draw(_ head: Head, in svg: inout Diagram) {
    svg.arrow(through: [PlotPoint(left, head.height), PlotPoint(left - 26, head.height)])
    svg.text(head.text, x: left - 34, y: head.height + 4, size: 11, anchor: .end)
  }

  /// At most two shapes, and how many more there are.
  private static func label(_ shapes: [String]) -> String {
    shapes.prefix(2).joined(separator: ", ") + (shapes.count > 2 ? " +\(shapes.count - 2)" : "")
  }

  private static func shortened(_ text: String, to width: Double, _ size: Double) -> String {
    TextWidth.shortened(text, to: Int(width / Diagram.width("0", size: size)))
  }

  // MARK: - Legend

  private static let legend: [(kind: Kind, text: String)] = [
    (.reduces, "reduces the extent"), (.keeps, "keeps it"), (.enlarges, "enlarges it"),
    (.head, "gives a head"),
  ]
  private static let legendNote =
    "numbers in boxes: parameters; at arrows: channels × height × width"
  private static var legendWidth: Double {
    let entries = legend.reduce(0) { $0 + 22 + Diagram.width($1.text, size: 11) + 18 }
    return max(entries, Diagram.width(legendNote + dashed, size: 11))
  }
  private static let dashed = "; dashed: positions of maxima"

  private func drawLegend(in svg: inout Diagram) {
    var x = 24.0
    for entry in Self.legend {
      svg.box(x: x, y: legendTop, width: 16, height: 14, fill: entry.kind.color)
      svg.text(entry.text, x: x + 22, y: legendTop + 11, size: 11)
      x += 22 + Diagram.width(entry.text, size: 11) + 18
    }
    let hasPositions = skips.contains { $0.isPositions }
    svg.text(
      Self.legendNote + (hasPositions ? Self.dashed : ""), x: 24, y: legendTop + 36, size: 11)
  }
}

extension NetworkDrawing.Kind {
  fileprivate var color: PlotColour {
    switch self {
    case .image: PlotColour(0xEEEEEE)
    case .keeps: PlotColour(0xFFFFFF)
    case .reduces: PlotColour(0xD6E6F7)
    case .enlarges: PlotColour(0xFBE3C8)
    case .head: PlotColour(0xD5EFD6)
    }
  }
}
