/// The numbers behind a figure, for people who read tables and for programs.
package struct FigureTable: Sendable, Hashable {
  package var columns: [String]
  package var rows: [[Cell]]

  package enum Cell: Sendable, Hashable {
    case text(String)
    /// A number and how it is written.
    case number(Double, String)
    case missing

    package var text: String {
      switch self {
      case .text(let text), .number(_, let text): text
      case .missing: "–"
      }
    }
  }

  package init(columns: [String], rows: [[Cell]]) { (self.columns, self.rows) = (columns, rows) }
}

extension FigureTable.Cell {
  /// A measured value; missing where it is not a finite number.
  package static func value(_ value: Double, decimals: Int = 4) -> FigureTable.Cell {
    value.isFinite ? .number(value, NumberText.decimals(value, decimals)) : .missing
  }

  package static func count(_ count: Int) -> FigureTable.Cell { .number(Double(count), "\(count)") }
}
