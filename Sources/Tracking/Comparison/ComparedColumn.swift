/// A column together with what it says of every row.
struct ComparedColumn {
  var column: Comparison.Column
  var cells: [Comparison.Cell]
  /// True where somebody named it, so that it stays whatever it says.
  var isAsked = false

  init(
    _ name: String, header: String? = nil, shortHeader: String? = nil,
    _ kind: Comparison.Kind, _ alignment: Comparison.Alignment = .right,
    isOverSeeds: Bool = false, importance: Int = .max, of rows: [ComparedRow],
    cell: (ComparedRow) -> Comparison.Cell
  ) {
    self.init(
      name, header: header, shortHeader: shortHeader, kind, alignment, isOverSeeds: isOverSeeds,
      importance: importance, cells: rows.map(cell))
  }

  init(
    _ name: String, header: String? = nil, shortHeader: String? = nil,
    _ kind: Comparison.Kind, _ alignment: Comparison.Alignment = .right,
    isOverSeeds: Bool = false, importance: Int = .max, cells: [Comparison.Cell]
  ) {
    column = Comparison.Column(
      name: name, header: header, shortHeader: shortHeader, kind: kind, alignment: alignment,
      isOverSeeds: isOverSeeds, importance: importance)
    self.cells = cells
  }
}
