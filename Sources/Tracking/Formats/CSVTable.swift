/// Comma-separated values after RFC 4180, with every digit of the numbers.
///
/// A value over seeds takes three columns, `…_mean`, `…_std` and `…_n`. Settings are written as the
/// spec writes them. Missing values are empty; warnings and notes are left out.
package struct CSVTable: TableFormat {
  package let name = "csv"
  package let about = "Comma-separated values, for a spreadsheet or a script."

  package var showsWarnings: Bool { false }
  package var holdsEverything: Bool { true }

  package init() {}

  package func text(of table: ComparisonTable) -> String {
    let header = table.columns.flatMap { column in
      column.isOverSeeds ? ["_mean", "_std", "_n"].map { column.name + $0 } : [column.name]
    }
    let rows = table.rows.map { row in
      zip(table.columns, row.cells).flatMap { column, cell in
        column.kind == .hyperparameter && !cell.isMissing
          ? [cell.text] : Self.fields(cell.value, isOverSeeds: column.isOverSeeds)
      }
    }
    return CSVText.table(header, rows)
  }

  private static func fields(
    _ value: ComparisonTable.Cell.Value, isOverSeeds: Bool
  ) -> [String] {
    switch value {
    case .missing: isOverSeeds ? ["", "", ""] : [""]
    case .text(let text): [text]
    case .boolean(let flag): ["\(flag)"]
    case .integer(let number): ["\(number)"]
    case .number(let number): ["\(number)"]
    case .statistics(let statistics):
      [
        "\(statistics.mean)", statistics.deviation.map { "\($0)" } ?? "", "\(statistics.count)",
      ]
    }
  }
}

extension TableFormat where Self == CSVTable {
  package static var csv: CSVTable { CSVTable() }
}
