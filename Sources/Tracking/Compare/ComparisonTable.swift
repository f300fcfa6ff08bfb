/// Runs lined up, the best first: a value that every ``TableFormat`` renders.
public struct ComparisonTable: Sendable, Hashable {
  public var columns: [Column]
  public var rows: [Row]
  /// What a reader must know besides the figures, a sentence each: damage, causes of failure.
  public var notes: [String]

  public struct Column: Sendable, Hashable {
    /// For programs: `trial`, `solver.base_lr`, `validation.mean_iou`, `seconds`.
    public var name: String
    /// For people: `mean IoU`.
    public var header: String
    public var kind: Kind
    public var alignment: Alignment
    /// Whether the cells are ``Cell/Value/statistics(_:)`` over several seeds.
    public var isOverSeeds: Bool

    public init(
      name: String, header: String? = nil, kind: Kind, alignment: Alignment = .right,
      isOverSeeds: Bool = false
    ) {
      self.name = name
      self.header = header ?? name
      self.kind = kind
      self.alignment = alignment
      self.isOverSeeds = isOverSeeds
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

  public enum Alignment: Sendable, Hashable { case left, right }

  public struct Row: Sendable, Hashable {
    /// One for each column.
    public var cells: [Cell]
    /// Whether no sound row is better. At most one row of a table.
    public var isBest: Bool

    public init(cells: [Cell], isBest: Bool = false) {
      self.cells = cells
      self.isBest = isBest
    }
  }

  public init(columns: [Column], rows: [Row], notes: [String] = []) {
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }
}
