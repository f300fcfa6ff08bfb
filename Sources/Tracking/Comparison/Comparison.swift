package import Measurements

/// Runs lined up, the best first: a value that every ``TableFormat`` writes down, and that charts and
/// reports are made from.
package struct Comparison: Sendable, Hashable {
  package var columns: [Column]
  package var rows: [Row]
  /// What the rows are ranked and tested by.
  package var objective: Judgement
  /// The row that the others are tested against; `nil` where there is nothing to test.
  package var baseline: Baseline?
  /// What the tests say of the best row, or of the one that was named; `nil` without tests.
  package var answer: Answer?
  /// Why these runs must not be ranked among each other, a sentence each. A command refuses such a table
  /// unless it is asked for, and every format shows the sentences above it.
  package var warnings: [String]
  /// What a reader must know besides the values, a sentence each: numbered below the table.
  package var notes: [String]
  /// How many columns are left out because every row says the same.
  package var equalColumns: Int
  /// What the values of a row are over: `seeds`, `folds`, `seeds × folds`, `runs`.
  package var replicates: String
  package var spread: Spread
  package var stamp: Stamp?

  package init(
    columns: [Column], rows: [Row], objective: Judgement = Judgement(), warnings: [String] = [],
    notes: [String] = []
  ) {
    (self.columns, self.rows, self.objective) = (columns, rows, objective)
    (self.warnings, self.notes) = (warnings, notes)
    (equalColumns, replicates, spread) = (0, "seeds", .deviation)
  }

  /// What rows are ranked by.
  package struct Judgement: Sendable, Hashable {
    /// `validation.mean_iou`, or another value as a person writes it: `loss @ last`.
    package var name: String
    package var title: String
    package var higherIsBetter: Bool

    package init(
      name: String = "validation.mean_iou", title: String = "mean IoU", higherIsBetter: Bool = true
    ) {
      (self.name, self.title, self.higherIsBetter) = (name, title, higherIsBetter)
    }
  }

  package struct Baseline: Sendable, Hashable {
    package var row: Int
    /// True where it was named beforehand. The best row was picked, so that tests against it are biased
    /// in its favour.
    package var isChosen: Bool
  }

  /// What stands behind a ±.
  package enum Spread: String, Sendable, Hashable, CaseIterable {
    /// The sample standard deviation, which is no interval.
    case deviation = "std"
    /// Student's 95 % interval for the mean.
    case t
    /// The bootstrap's 95 % interval for the mean, from ten values on.
    case bca
  }

  /// From what and by what a table was made.
  package struct Stamp: Sendable, Hashable {
    /// The command line without the program's name.
    package var query: String
    /// The digest of the records.
    package var store: String
    package var program: String

    package init(query: String, store: String, program: String) {
      (self.query, self.store, self.program) = (query, store, program)
    }
  }
}

// MARK: - Columns and rows

extension Comparison {
  package struct Column: Sendable, Hashable {
    /// For programs, and unique: `trial`, `solver.base_lr`, `validation.mean_iou`, `max(loss)`.
    package var name: String
    /// What the value is of: `validation.loss` for `max(loss)`.
    package var path: String
    /// Which value of a series: `value`, `max`, `mean`; `nil` for what has one value a run.
    package var statistic: String?
    /// Which evaluation it is of: `best(validation.mean_iou)`, `last`.
    package var at: String?
    /// For people: `mean IoU`.
    package var header: String
    /// Stands in where the header has no room.
    package var shortHeader: String?
    package var unit: String?
    package var higherIsBetter: Bool?
    package var kind: Kind
    package var alignment: Alignment
    /// True where the cells are ``Cell/Value/measured(_:)``, over several seeds.
    package var isOverSeeds: Bool
    /// Which columns stay where there is no room for all: those with the most.
    package var importance: Int
    /// How a value without a deviation is written.
    package var format: ValueFormat?

    package init(
      name: String, header: String? = nil, shortHeader: String? = nil, kind: Kind,
      alignment: Alignment = .right, isOverSeeds: Bool = false, importance: Int = .max,
      format: ValueFormat? = nil
    ) {
      self.name = name
      path = name
      self.header = header ?? name
      self.shortHeader = shortHeader
      self.kind = kind
      self.alignment = alignment
      self.isOverSeeds = isOverSeeds
      self.importance = importance
      self.format = format
    }
  }

  package enum Kind: String, Sendable, Hashable {
    /// Which run or point the row is: experiment, trial, id.
    case identity
    case hyperparameter
    /// The value that the rows are ranked by.
    case objective
    /// What tests of the objective say: difference, probability, rank.
    case test
    /// Further measured values, the most important first.
    case metric
    /// How far training came, how long it took and how it ended.
    case progress
    /// Machine, program, commit and other facts.
    case fact
    /// What is to be said of the row in a word.
    case flag
  }

  package typealias Alignment = TableLayout.Alignment

  package struct Row: Sendable, Hashable {
    /// Behind the row; one, or the seeds of a point.
    package var runs: [RunPlace]
    /// Those whose values count.
    package var measured: [RunPlace]
    /// What tells the row from the others, in a line: `dice · 1e-2`.
    package var label: String
    /// One for each column.
    package var cells: [Cell]
    /// The values that it is ranked by, of every run.
    package var objective: ReplicateValues?
    /// Against the baseline; `nil` for the baseline itself.
    package var test: RowTest?
    package var rank: Rank?
    package var flags: [Flag]
    /// True where no sound row that was validated on the same data is better.
    package var isBest: Bool

    package init(cells: [Cell], isBest: Bool = false) {
      (runs, measured, label, flags) = ([], [], "", [])
      self.cells = cells
      self.isBest = isBest
    }
  }

  /// How sure the place of a row is, see ``RankUncertainty``.
  package struct Rank: Sendable, Hashable {
    package var probabilityBest: Double
    package var low: Int
    package var high: Int
  }

  /// A word on a row, with a sign for where there is no room for it.
  package struct Flag: Sendable, Hashable {
    package var sign: String
    package var word: String
    /// What the sign stands for in every row: `its best evaluation is the last`.
    package var meaning: String
  }

  /// The cells of a column.
  package subscript(_ column: Column) -> [Cell] {
    columns.firstIndex(of: column).map { place in rows.map { $0.cells[place] } } ?? []
  }
}
