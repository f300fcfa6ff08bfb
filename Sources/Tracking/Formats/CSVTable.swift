/// Comma-separated values after RFC 4180, with every digit of the numbers.
///
/// A value over seeds takes three columns, `…_mean`, `…_std` and `…_n`. Settings are written as the
/// spec writes them. Missing values are empty; warnings, notes and the stamp have no place.
package struct CSVTable: TableFormat {
  package let name = "csv"
  package let about = "Comma-separated values, for a spreadsheet or a script."

  package var showsNotes: Bool { false }
  package var holdsEverything: Bool { true }

  /// True where texts that a spreadsheet takes for a formula are written as they are. Otherwise they begin
  /// with an apostrophe (CWE-1236).
  package var isRaw: Bool

  package init(isRaw: Bool = false) { self.isRaw = isRaw }

  package func text(of table: Comparison) -> String {
    let header = table.columns.flatMap { column in
      column.isOverSeeds ? ["_mean", "_std", "_n"].map { column.name + $0 } : [column.name]
    }
    let rows = table.rows.map { row in
      zip(table.columns, row.cells).flatMap { column, cell in
        column.kind == .hyperparameter && !cell.isMissing
          ? [harmless(cell.text)] : fields(cell.value, isOverSeeds: column.isOverSeeds)
      }
    }
    return CSVText.table(header.map(harmless), rows, lineEnd: "\n")
  }

  private func fields(_ value: Comparison.Cell.Value, isOverSeeds: Bool) -> [String] {
    switch value {
    case .absent: return isOverSeeds ? ["", "", ""] : [""]
    case .text(let text): return [harmless(text)]
    case .boolean(let flag): return ["\(flag)"]
    case .integer(let number): return ["\(number)"]
    case .number(let number): return ["\(number)"]
    case .measured(let replicates):
      let summary = replicates.summary
      let mean: String = summary.map { "\($0.mean)" } ?? ""
      let deviation: String = summary?.deviation.map { "\($0)" } ?? ""
      let numbers = [mean, deviation, "\(summary?.count ?? 0)"]
      // Epochs and times of rows whose values are of a single run are measured too.
      return isOverSeeds ? numbers : [numbers[0]]
    }
  }

  private func harmless(_ text: String) -> String {
    guard !isRaw, let first = text.first, "=+-@\t\r".contains(first), Double(text) == nil else {
      return text
    }
    return "'" + text
  }
}

extension TableFormat where Self == CSVTable {
  package static var csv: CSVTable { CSVTable() }
}
