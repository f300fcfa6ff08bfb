/// Where the parts of a figure lie: title, legend, rows of panels, caption, one below the other.
struct FigureLayout {
  let figure: Figure
  /// True where title and caption are drawn, false where the page around the figure has them.
  let hasHeadings: Bool

  private static let (margin, gap, rowGap) = (16.0, 22.0, 8.0)
  private static let (titleSize, captionSize) = (15.0, 11.5)

  func drawing() -> Drawing {
    var drawing = Drawing(width: figure.width, height: 0)
    var y = hasHeadings ? drawTitle(in: &drawing) : 4.0
    if let absence = figure.absence {
      y = drawParagraph(absence, ink: .secondary, size: 12.5, at: y + 4, in: &drawing)
    }
    y = LegendLayout(entries: figure.legend, width: room).draw(at: margin, y, in: &drawing)
    for (number, (row, measures)) in zip(figure.rows, measured).enumerated() {
      y = draw(row, measures, at: y + (number > 0 ? Self.rowGap : 0), in: &drawing)
    }
    if hasHeadings, !figure.caption.isEmpty {
      y = drawParagraph(
        figure.caption, ink: .muted, size: Self.captionSize, at: y + 8, in: &drawing)
    }
    drawing.height = (y + (hasHeadings ? Self.margin : 4)).rounded(.up)
    return drawing
  }

  private var margin: Double { hasHeadings ? Self.margin : 2 }
  private var room: Double { figure.width - 2 * margin }

  // MARK: - Words

  private func drawTitle(in drawing: inout Drawing) -> Double {
    let lines = TextExtent.wrapped(figure.title, to: room / 1.1, size: Self.titleSize)
    var y = Self.margin
    for line in lines {
      drawing.text(line, margin, y + Self.titleSize - 2, .text, size: Self.titleSize, isBold: true)
      y += Self.titleSize * 1.3
    }
    return y + 6
  }

  private func drawParagraph(
    _ text: String, ink: Ink, size: Double, at top: Double, in drawing: inout Drawing
  ) -> Double {
    var y = top
    for line in TextExtent.wrapped(text, to: room, size: size) {
      drawing.text(line, margin, y + size, ink, size: size)
      y += size * 1.45
    }
    return y
  }

  // MARK: - Panels

  /// What stands around each panel. Panels below each other begin and end at the same place where rows
  /// have equally many.
  private var measured: [[PanelMargins]] {
    var rows = figure.rows.map { row in
      row.panels.map { PanelMargins($0, of: row, width: room / Double(max(1, row.panels.count))) }
    }
    guard Set(rows.map(\.count)).count == 1, let columns = rows.first?.indices else { return rows }
    for column in columns {
      let left = rows.map { $0[column].left }.max() ?? 0
      let right = rows.map { $0[column].right }.max() ?? 0
      for row in rows.indices { (rows[row][column].left, rows[row][column].right) = (left, right) }
    }
    return rows
  }

  private func draw(
    _ row: Figure.Row, _ margins: [PanelMargins], at top: Double, in drawing: inout Drawing
  ) -> Double {
    let gaps = Self.gap * Double(max(0, row.panels.count - 1))
    let outside = margins.reduce(gaps) { $0 + $1.left + $1.right }
    let shares = row.panels.reduce(0) { $0 + $1.share }
    let available = max(40, room - outside)
    let (above, below) = (margins.map(\.top).max() ?? 0, margins.map(\.bottom).max() ?? 0)
    var (x, height) = (margin, row.height)
    for (panel, around) in zip(row.panels, margins) {
      let width = available * panel.share / max(shares, .leastNonzeroMagnitude)
      let box = Box(x: x + around.left, y: top + above, width: width, height: row.height)
      let drawn = PanelDrawing(panel: panel, box: box, margins: around, above: above)
      drawn.draw(in: &drawing)
      height = max(height, box.height)
      x = box.right + around.right + Self.gap
    }
    return top + above + height + below
  }
}

extension Figure {
  /// - Parameter headings: whether title and caption are drawn.
  package func drawing(headings: Bool) -> Drawing {
    FigureLayout(figure: self, hasHeadings: headings).drawing()
  }
}
