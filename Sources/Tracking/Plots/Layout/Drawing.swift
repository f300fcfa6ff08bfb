/// A figure with every mark at its place: shapes in pixels, the later above the earlier, y downward.
/// What writers of graphics files write.
package struct Drawing: Sendable, Hashable {
  package var width: Double
  package var height: Double
  package var elements: [Element] = []

  package indirect enum Element: Sendable, Hashable {
    case shape(Shape)
    case text(Text)
    case image(Image)
    case group(Group)
  }

  /// A path that is filled, drawn along, or both.
  package struct Shape: Sendable, Hashable {
    package var path: [Segment]
    package var fill: Ink?
    package var fillOpacity = 1.0
    package var stroke: Stroke?
    package var facts = Facts()
  }

  package enum Segment: Sendable, Hashable {
    case move(PlotPoint)
    case line(PlotPoint)
    /// With the two control points of a cubic Bézier curve before its end.
    case curve(PlotPoint, PlotPoint, PlotPoint)
    case circle(PlotPoint, radius: Double)
    case rectangle(Box, corner: Double)
    case close
  }

  package struct Text: Sendable, Hashable {
    package var text: String
    package var place: PlotPoint
    package var ink: Ink
    package var size: Double
    package var anchor: TextMark.Anchor = .start
    package var isBold = false
    /// Degrees, clockwise about its place.
    package var turn = 0.0
  }

  package struct Image: Sendable, Hashable {
    package var png: [UInt8]
    package var box: Box
    package var about: String
  }

  package struct Group: Sendable, Hashable {
    package var elements: [Element]
    package var clip: Box?
    package var facts = Facts()
  }

  /// What a page's script and a pointer are told of an element.
  package struct Facts: Sendable, Hashable {
    /// What the element is, such as `line` or `panel`.
    package var kind: String?
    package var tip: String?
    /// Written as `data-name="value"`, in this order.
    package var data: [Datum] = []

    package struct Datum: Sendable, Hashable {
      package var name: String
      package var value: String
    }

    package init(kind: String? = nil, tip: String? = nil, data: [(String, String?)] = []) {
      self.kind = kind
      self.tip = tip
      self.data = data.compactMap { name, value in value.map { Datum(name: name, value: $0) } }
    }
  }

  package init(width: Double, height: Double) { (self.width, self.height) = (width, height) }
}

/// A rectangle in pixels.
package struct Box: Sendable, Hashable {
  package var x: Double
  package var y: Double
  package var width: Double
  package var height: Double

  package init(x: Double, y: Double, width: Double, height: Double) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  package var right: Double { x + width }
  package var bottom: Double { y + height }
  package var middle: PlotPoint { PlotPoint(x + width / 2, y + height / 2) }
}

extension Drawing {
  mutating func add(_ element: Element) { elements.append(element) }

  mutating func line(_ from: PlotPoint, _ to: PlotPoint, _ stroke: Stroke) {
    add(.shape(Shape(path: [.move(from), .line(to)], stroke: stroke)))
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ ink: Ink = .secondary, size: Double = 11,
    anchor: TextMark.Anchor = .start, isBold: Bool = false, turn: Double = 0
  ) {
    guard !text.isEmpty else { return }
    add(
      .text(
        Text(
          text: text, place: PlotPoint(x, y), ink: ink, size: size, anchor: anchor, isBold: isBold,
          turn: turn)))
  }
}
