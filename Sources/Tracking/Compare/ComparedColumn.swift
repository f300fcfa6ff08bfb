/// A column together with what it says of a row.
struct ComparedColumn {
  let column: ComparisonTable.Column
  let cell: (ComparedRow) -> ComparisonTable.Cell

  init(
    _ name: String, header: String? = nil, _ kind: ComparisonTable.Kind,
    _ alignment: ComparisonTable.Alignment = .right, isOverSeeds: Bool = false,
    cell: @escaping (ComparedRow) -> ComparisonTable.Cell
  ) {
    column = ComparisonTable.Column(
      name: name, header: header, kind: kind, alignment: alignment, isOverSeeds: isOverSeeds)
    self.cell = cell
  }
}
