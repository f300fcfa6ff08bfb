/// Runs lined up, the best first: a value that every ``TableFormat`` renders.
public struct ComparisonTable: Sendable, Hashable {
  public var columns: [Column]
  public var rows: [Row]
  /// What makes the table mislead who does not know it, a sentence each: shown above the rows.
  public var warnings: [String]
  /// What a reader must know besides the figures, a sentence each: which evaluation they are of,
  /// who is missing in a mean, damage, causes of failure.
  public var notes: [String]

  public struct Column: Sendable, Hashable {
    /// For programs: `trial`, `solver.base_lr`, `validation.mean_iou`, `seconds`.
    public var name: String
    /// For people: `mean IoU`.
    public var header: String
    /// Stands in where the header has no room.
    public var shortHeader: String?
    public var kind: Kind
    public var alignment: Alignment
    /// Whether the cells are ``Cell/Value/statistics(_:)`` over several seeds.
    public var isOverSeeds: Bool
    /// Which columns stay where there is no room for all: those with the most.
    public var importance: Int

    public init(
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

  public enum Kind: Sendable, Hashable {
    /// Which run or point the row is: experiment, trial, id.
    case identity
    case hyperparameter
    /// The figure that the rows are sorted by.
    case objective
    /// Further figures, the most important first.
    case metric
    /// How far training came, how long it took and how it ended.
    case progress
  }

  public typealias Alignment = TableLayout.Alignment

  public struct Row: Sendable, Hashable {
    /// One for each column.
    public var cells: [Cell]
    /// Whether no sound row that was validated on the same data is better.
    public var isBest: Bool

    public init(cells: [Cell], isBest: Bool = false) {
      self.cells = cells
      self.isBest = isBest
    }
  }

  public init(columns: [Column], rows: [Row], warnings: [String] = [], notes: [String] = []) {
    self.columns = columns
    self.rows = rows
    self.warnings = warnings
    self.notes = notes
  }
}
