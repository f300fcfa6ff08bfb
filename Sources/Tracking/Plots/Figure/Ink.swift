/// What a mark is painted with: a role that each theme has its colour for, or a colour of its own.
package enum Ink: Sendable, Hashable {
  case text, secondary, muted
  /// Axes and outlines; lines across panels; what lies behind everything; cells without a value.
  case rule, grid, paper, cell
  /// For what failed.
  case warning
  /// Bars that stand for no series.
  case bar
  /// That of the i-th series; after ``seriesColours`` they begin again.
  case series(Int)
  /// The same, dark or light enough for text.
  case seriesText(Int)
  case colour(PlotColour)

  package static let seriesColours = 5
}

/// A colour of the sRGB space.
package struct PlotColour: Sendable, Hashable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// - Parameter hexadecimal: `0x0072B2`.
  package init(_ hexadecimal: UInt32) {
    self.init(
      UInt8(truncatingIfNeeded: hexadecimal >> 16), UInt8(truncatingIfNeeded: hexadecimal >> 8),
      UInt8(truncatingIfNeeded: hexadecimal))
  }

  /// `#0072b2`.
  package var hexadecimal: String {
    let digits = [red, green, blue].map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }
    return "#" + digits.joined()
  }
}
