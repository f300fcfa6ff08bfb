/// A matrix of cells: their numbers, with a shade before each that says where it lies among all.
struct TextMatrix {
  let panel: Panel
  let columns: [String]
  let rows: [String]
  let text: TextFigure

  private static let shades: [Character] = ["░", "▒", "▓", "█"]

  var lines: [String] {
    var table = TableLayout(
      [TableLayout.Column(corner, importance: .max)]
        + columns.enumerated().map { index, name in
          TableLayout.Column(
            TextWidth.shortened(name.printable, to: 12), .right,
            importance: columns.count - index, shortens: false)
        })
    for (index, name) in rows.enumerated() {
      table.add(
        [TextWidth.shortened(name.printable, to: 24)] + columns.indices.map { cell(index, $0) })
    }
    table.remedy = "-o FILE.svg shows all"
    return table.text(width: text.width).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  private var corner: String {
    switch (panel.y.label.isEmpty, panel.x.label.isEmpty) {
    case (false, false): "\(panel.y.label) \\ \(panel.x.label)".printable
    default: (panel.y.label + panel.x.label).printable
    }
  }

  private func cell(_ row: Int, _ column: Int) -> String {
    for case .rectangle(let mark) in panel.marks.reversed() {
      guard mark.x.contains(Double(column)), mark.y.contains(Double(row)) else { continue }
      guard let first = mark.lines.first else { return "·" }
      let shade = mark.shade.map { share in
        String(Self.shades[min(Self.shades.count - 1, max(0, Int(share * 4)))]) + " "
      }
      return (shade ?? "") + ([first] + mark.lines.dropFirst()).joined(separator: " ").printable
    }
    return "·"
  }
}
