/// Runs lined up, the best first: a value that every ``TableFormat`` renders.
package struct ComparisonTable: Sendable, Hashable {
  package var columns: [Column]
  package var rows: [Row]
  /// What makes the table mislead who does not know it, a sentence each: shown above the rows.
  package var warnings: [String]
  /// What a reader must know besides the values, a sentence each: which evaluation they are of,
  /// who is missing in a mean, damage, causes of failure.
  package var notes: [String]

  package struct Column: Sendable, Hashable {
    /// For programs: `trial`, `solver.base_lr`, `validation.mean_iou`, `seconds`.
    package var name: String
    /// For people: `mean IoU`.
    package var header: String
    /// Stands in where the header has no room.
    package var shortHeader: String?
    package var kind: Kind
    package var alignment: Alignment
    /// True where the cells are ``Cell/Value/statistics(_:)`` over several seeds.
    package var isOverSeeds: Bool
    /// Which columns stay where there is no room for all: those with the most.
    package var importance: Int

    package init(
      name: String, header: String? = nil, shortHeader: String? = nil, kind: Kind,
      alignment: Alignment = .right, isOverSeeds: Bool = false, importance: Int = .max
    ) {
      self.name = name
      self.header = header ?? name
      self.shortHeader = shortHeader
      self.kind = kind
      self.alignment = alignment
      self.isOverSeeds = isOverSeeds
      self.importance = importance
    }
  }

  package enum Kind: Sendable, Hashable {
    /// Which run or point the row is: experiment, trial, id.
    case identity
    case hyperparameter
    /// The value that the rows are sorted by.
    case objective
    /// Further measured values, the most important first.
    case metric
    /// How far training came, how long it took and how it ended.
    case progress
  }

  package typealias Alignment = TableLayout.Alignment

  package struct Row: Sendable, Hashable {
    /// One for each column.
    package var cells: [Cell]
    /// True where no sound row that was validated on the same data is better.
    package var isBest: Bool

    package init(cells: [Cell], isBest: Bool = false) {
      self.cells = cells
      self.isBest = isBest
    }
  }

  package init(columns: [Column], rows: [Row], warnings: [String] = [], notes: [String] = []) {
    self.columns = columns
    self.rows = rows
    self.warnings = warnings
    self.notes = notes
  }
}
