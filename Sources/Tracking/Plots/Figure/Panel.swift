/// A pair of axes and what is drawn between them.
package struct Panel: Sendable, Hashable {
  package var title: String
  package var x: Axis
  package var y: Axis
  /// Later ones lie above earlier ones.
  package var marks: [PlotMark]
  /// Its share of the width of its row, beside those of the others.
  package var share: Double

  package init(
    _ title: String = "", x: Axis, y: Axis, share: Double = 1, marks: [PlotMark] = []
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.share = share
    self.marks = marks
  }
}

/// What the places along one direction of a panel mean.
package struct Axis: Sendable, Hashable {
  package var label: String
  package var scale: Scale
  /// `nil` for those of the scale.
  package var ticks: [Tick]?
  /// Light lines across the panel at the ticks.
  package var hasGrid: Bool
  /// True where ticks and label are drawn.
  package var isShown: Bool
  /// True where they stand above the panel, or to the right of it.
  package var isOpposite: Bool

  package init(
    _ label: String = "", _ scale: Scale, ticks: [Tick]? = nil, hasGrid: Bool = false,
    isShown: Bool = true, isOpposite: Bool = false
  ) {
    self.label = label
    self.scale = scale
    self.ticks = ticks
    self.hasGrid = hasGrid
    self.isShown = isShown
    self.isOpposite = isOpposite
  }

  package static func hidden(_ scale: Scale) -> Axis { Axis("", scale, isShown: false) }
}

package struct Tick: Sendable, Hashable {
  package var value: Double
  package var text: String
  /// A small square of that colour stands before the text.
  package var swatch: Ink?
  package var isBold: Bool
  /// Stands below the text, smaller.
  package var note: String?

  package init(
    _ value: Double, _ text: String, swatch: Ink? = nil, isBold: Bool = false, note: String? = nil
  ) {
    (self.value, self.text, self.swatch) = (value, text, swatch)
    (self.isBold, self.note) = (isBold, note)
  }
}
