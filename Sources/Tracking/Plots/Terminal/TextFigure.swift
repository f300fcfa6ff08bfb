/// A figure in characters: curves in braille dots, bars, and matrices with shades.
package struct TextFigure: Sendable {
  /// Characters of a line.
  package let width: Int
  /// What colours a series by its number, e.g. with an escape sequence; the text as it is elsewhere.
  package let paint: @Sendable (_ text: String, _ series: Int) -> String
  package let bold: @Sendable (String) -> String

  package static let widths = 40...200

  package init(
    width: Int, bold: @escaping @Sendable (String) -> String = { $0 },
    paint: @escaping @Sendable (String, Int) -> String = { text, _ in text }
  ) {
    self.width = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
    self.bold = bold
    self.paint = paint
  }

  package func text(of figure: Figure) -> String {
    var lines = TextWidth.wrapped(figure.title.printable, to: width).map(bold)
    if let absence = figure.absence {
      return (lines + TextWidth.wrapped(absence.printable, to: width)).joined(separator: "\n")
        + "\n"
    }
    for row in figure.rows {
      for panel in row.panels {
        lines.append("")
        if !panel.title.isEmpty {
          lines.append(bold(TextWidth.shortened(panel.title.printable, to: width)))
        }
        lines += self.lines(of: panel, in: figure)
      }
    }
    let legend = TextLegend(figure: figure, text: self).lines
    if !legend.isEmpty { lines += [""] + legend }
    if !figure.caption.isEmpty {
      lines += [""] + TextWidth.wrapped(figure.caption.printable, to: width)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(of panel: Panel, in figure: Figure) -> [String] {
    switch (panel.x.scale, panel.y.scale) {
    case (.band(let columns), .band(let rows)):
      return TextMatrix(panel: panel, columns: columns, rows: rows, text: self).lines
    case (_, .band(let names)):
      return TextBars(panel: panel, names: names, text: self).lines
    default:
      return TextCurves(panel: panel, text: self).lines
    }
  }
}

extension Ink {
  /// The number of the series that the ink is of.
  var series: Int? {
    switch self {
    case .series(let index), .seriesText(let index): index
    default: nil
    }
  }
}
