/// What is drawn in a panel, at values of its axes.
package enum PlotMark: Sendable, Hashable {
  case line(LineMark)
  case band(BandMark)
  case point(PointMark)
  case rectangle(RectangleMark)
  case text(TextMark)
  case image(ImageMark)
  case rule(RuleMark)
}

package struct PlotPoint: Sendable, Hashable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
}

/// How a line is drawn.
package struct Stroke: Sendable, Hashable {
  package var ink: Ink
  package var width: Double
  /// Pixels of line and gap in turn; empty for a whole line.
  package var dash: [Double]
  package var opacity: Double

  package init(_ ink: Ink, width: Double = 1.75, dash: [Double] = [], opacity: Double = 1) {
    (self.ink, self.width, self.dash, self.opacity) = (ink, width, dash, opacity)
  }
}

/// Points joined by a line. A point whose place is not finite is a gap.
package struct LineMark: Sendable, Hashable {
  package enum Course: Sendable, Hashable { case straight, steps, smooth }

  package var points: [PlotPoint]
  package var stroke: Stroke
  package var course: Course
  /// What stands at the last point.
  package var endLabel: String?
  /// What the line is of, for a page's script.
  package var key: String?
  /// What a pointer above it is told.
  package var tip: String?

  package init(
    _ points: [PlotPoint], _ stroke: Stroke, course: Course = .straight, endLabel: String? = nil,
    key: String? = nil, tip: String? = nil
  ) {
    self.points = points
    self.stroke = stroke
    self.course = course
    self.endLabel = endLabel
    self.key = key
    self.tip = tip
  }
}

/// The room between a lower and an upper value; a gap where one of them is not finite.
package struct BandMark: Sendable, Hashable {
  package struct Extent: Sendable, Hashable {
    package var x: Double
    package var low: Double
    package var high: Double

    package init(_ x: Double, _ low: Double, _ high: Double) {
      (self.x, self.low, self.high) = (x, low, high)
    }
  }
  package var extents: [Extent]
  package var ink: Ink
  package var opacity: Double
  package var key: String?

  package init(_ extents: [Extent], _ ink: Ink, opacity: Double = 0.16, key: String? = nil) {
    (self.extents, self.ink, self.opacity, self.key) = (extents, ink, opacity, key)
  }
}

package struct PointMark: Sendable, Hashable {
  package var x: Double
  package var y: Double
  package var shape: MarkShape
  package var ink: Ink
  /// Half its height in pixels.
  package var size: Double
  package var isOpen: Bool
  package var opacity: Double
  package var key: String?
  package var tip: String?

  package init(
    _ x: Double, _ y: Double, _ shape: MarkShape = .circle, _ ink: Ink, size: Double = 4,
    isOpen: Bool = false, opacity: Double = 1, key: String? = nil, tip: String? = nil
  ) {
    (self.x, self.y, self.shape, self.ink) = (x, y, shape, ink)
    (self.size, self.isOpen, self.opacity) = (size, isOpen, opacity)
    (self.key, self.tip) = (key, tip)
  }
}

/// A bar, or a cell of a matrix.
package struct RectangleMark: Sendable, Hashable {
  package var x: ClosedRange<Double>
  package var y: ClosedRange<Double>
  package var ink: Ink
  package var outline: Ink?
  package var opacity: Double
  /// Pixels that are left free on each side.
  package var inset: Double
  /// Lines in its middle, the first one bold; left out where they have no room.
  package var lines: [String]
  package var textInk: Ink
  /// Where its value lies from the least, 0, to the greatest, 1; what a terminal shades a cell by.
  package var shade: Double?
  package var key: String?
  package var tip: String?

  package init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, _ ink: Ink, outline: Ink? = nil,
    opacity: Double = 1, inset: Double = 0, lines: [String] = [], textInk: Ink = .text,
    shade: Double? = nil, key: String? = nil, tip: String? = nil
  ) {
    (self.x, self.y, self.ink, self.outline) = (x, y, ink, outline)
    (self.opacity, self.inset) = (opacity, inset)
    (self.lines, self.textInk, self.shade) = (lines, textInk, shade)
    (self.key, self.tip) = (key, tip)
  }
}

package struct TextMark: Sendable, Hashable {
  package enum Anchor: String, Sendable, Hashable { case start, middle, end }

  package var text: String
  package var x: Double
  package var y: Double
  package var ink: Ink
  package var size: Double
  package var anchor: Anchor
  package var isBold: Bool
  /// Pixels from the place, to the right and down.
  package var offset: PlotPoint
  /// True where a plate of the paper's colour lies behind it, so that lines do not cross it.
  package var hasPlate: Bool

  package init(
    _ text: String, _ x: Double, _ y: Double, _ ink: Ink = .secondary, size: Double = 11,
    anchor: Anchor = .start, isBold: Bool = false, offset: PlotPoint = PlotPoint(0, 0),
    hasPlate: Bool = false
  ) {
    (self.text, self.x, self.y, self.ink) = (text, x, y, ink)
    (self.size, self.anchor, self.isBold) = (size, anchor, isBold)
    (self.offset, self.hasPlate) = (offset, hasPlate)
  }
}

package struct ImageMark: Sendable, Hashable {
  package var png: [UInt8]
  package var x: ClosedRange<Double>
  package var y: ClosedRange<Double>
  /// Its own pixels, so that its form is kept.
  package var pixels: (width: Int, height: Int) { (width, height) }
  private let width: Int
  private let height: Int
  /// What a reader who cannot see it is told.
  package var about: String

  package init(
    _ png: [UInt8], width: Int, height: Int, x: ClosedRange<Double>, y: ClosedRange<Double>,
    about: String
  ) {
    (self.png, self.width, self.height) = (png, width, height)
    (self.x, self.y, self.about) = (x, y, about)
  }
}

/// A line across the whole panel.
package struct RuleMark: Sendable, Hashable {
  package enum Direction: Sendable, Hashable { case vertical, horizontal }

  package var direction: Direction
  package var value: Double
  package var stroke: Stroke

  package init(_ direction: Direction, at value: Double, _ stroke: Stroke) {
    (self.direction, self.value, self.stroke) = (direction, value, stroke)
  }
}
