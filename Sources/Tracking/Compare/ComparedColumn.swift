/// A column together with what it says of every row.
struct ComparedColumn {
  let column: ComparisonTable.Column
  let cells: [ComparisonTable.Cell]

  init(
    _ name: String, header: String? = nil, shortHeader: String? = nil,
    _ kind: ComparisonTable.Kind, _ alignment: ComparisonTable.Alignment = .right,
    isOverSeeds: Bool = false, importance: Int = .max, of rows: [ComparedRow],
    cell: (ComparedRow) -> ComparisonTable.Cell
  ) {
    self.init(
      name, header: header, shortHeader: shortHeader, kind, alignment, isOverSeeds: isOverSeeds,
      importance: importance, cells: rows.map(cell))
  }

  init(
    _ name: String, header: String? = nil, shortHeader: String? = nil,
    _ kind: ComparisonTable.Kind, _ alignment: ComparisonTable.Alignment = .right,
    isOverSeeds: Bool = false, importance: Int = .max, cells: [ComparisonTable.Cell]
  ) {
    column = ComparisonTable.Column(
      name: name, header: header, shortHeader: shortHeader, kind: kind, alignment: alignment,
      isOverSeeds: isOverSeeds, importance: importance)
    self.cells = cells
  }
}
