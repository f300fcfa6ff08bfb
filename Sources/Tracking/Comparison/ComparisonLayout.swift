internal import Measurements

/// Which columns a comparison has, and what each says of a row.
struct ComparisonLayout {
  private(set) var columns: [ComparedColumn] = []
  /// How many are left out because every row says the same.
  private(set) var equal = 0
  /// What tells each row from the others, in a line.
  let labels: [String]
  /// What the values of a row are over.
  let replicates: String

  /// - Parameters:
  ///   - rows: all of the table's, since only what differs between them is worth a column.
  ///   - tests: what the rows were found to be against the baseline.
  init(
    _ rows: [ComparedRow], _ ranking: Ranking, _ request: ComparisonRequest,
    _ answers: ComparisonAnswers,
    tests: [RowTest?], ranks: [Comparison.Rank?], flags: [[Comparison.Flag]]
  ) throws(QueryError) {
    let isOverSeeds = rows.contains { $0.entries.count > 1 }
    let context = Context(
      rows: rows, ranking: ranking, request: request, answers: answers, isOverSeeds: isOverSeeds,
      differing: DifferingSettings.columns(of: rows.map(\.first), answers.complete))
    replicates = context.replicates
    let settings = context.settings()
    labels = Self.labels(settings, context)
    let measured = try context.measured()
    let wanted =
      context.identity() + context.data() + settings + measured.first
      + context.tests(tests, ranks) + context.count() + measured.others
      + context.progress() + context.facts() + context.flags(flags)
    for column in wanted {
      let isKept = request.kept?.fits(column.column.name) ?? false
      if !isKept, request.dropped?.fits(column.column.name) ?? false { continue }
      if isKept || context.isWorthAColumn(column) {
        columns.append(column)
      } else {
        equal += 1
      }
    }
    equal += context.equalSettings
  }

  /// The settings of a row, the name of a run without any that differ.
  private static func labels(_ settings: [ComparedColumn], _ context: Context) -> [String] {
    let differing = settings.filter { Set($0.cells).count > 1 }
    return context.rows.indices.map { row in
      let texts = differing.map { $0.cells[row] }.filter { !$0.isMissing }.map(\.text)
      return texts.isEmpty ? context.rows[row].first.name : texts.joined(separator: " · ")
    }
  }
}

extension ComparisonLayout {
  /// What the columns are made from.
  struct Context {
    let rows: [ComparedRow]
    let ranking: Ranking
    let request: ComparisonRequest
    let answers: ComparisonAnswers
    let isOverSeeds: Bool
    /// The settings whose values differ between the rows.
    let differing: [DifferingSettings.Column]

    /// Which columns stay where there is no room for all.
    enum Importance {
      static let data = 90
      static let setting = TableLayout.Column.essential
      static let count = 75
      static let verdict = 70
      static let flags = 65
      static let asked = 60
      static let difference = 63
      static let probability = 61
      static let status = 50
      static let trials = 45
      static let id = 40
      static let agreement = 36
      static let rank = 34
      static let principal = 30
      static let seconds = 4
      static let epochs = 3
      static let bestEpoch = 2
      static let facts = 1
    }

    /// Tells whether the rows differ in it, as raw values and not as texts, or it is there whatever it says.
    func isWorthAColumn(_ column: ComparedColumn) -> Bool {
      switch column.column.kind {
      case .identity, .objective, .test, .flag: return true
      case .hyperparameter, .metric, .progress, .fact:
        let isMeasured = column.column.kind == .metric || column.column.kind == .progress
        if request.isWhole || column.isAsked || rows.count < 2 { return true }
        if isMeasured, request.holdsEverySeries { return true }
        return Set(column.cells.map(RawValue.init)).count > 1
      }
    }

    /// What the values of a row are over.
    var replicates: String {
      if case .values = request.grouping { return "runs" }
      let runs = rows.flatMap(\.entries).map(\.run).filter(\.hasSettings)
      guard Set(runs.map(\.fold)).count > 1 else { return "seeds" }
      return Set(runs.map(\.trial.replicate)).count > 1 ? "seeds × folds" : "folds"
    }
  }

  /// What a cell says, without which runs say it.
  private struct RawValue: Hashable {
    private let value: Comparison.Cell.Value?
    private let values: [Double]

    init(_ cell: Comparison.Cell) {
      if case .measured(let replicates) = cell.value {
        value = nil
        values = Set(replicates.values.filter { !$0.isNaN }).sorted()
      } else {
        value = cell.value
        values = []
      }
    }
  }
}

// MARK: - Which run, on what data

extension ComparisonLayout.Context {
  private typealias Cell = Comparison.Cell

  func identity() -> [ComparedColumn] {
    let place = ComparedColumn(
      "row", header: "#", .identity,
      cells: rows.indices.map { .integer($0 + 1) })
    let experiment = ComparedColumn("experiment", .identity, .left, of: rows) { row in
      .text(Set(row.entries.map(\.run.experiment)).sorted().joined(separator: ", "))
    }
    let trial = ComparedColumn("trial", .identity, importance: Importance.trials, of: rows) { row in
      row.first.isSuperseded ? .notApplicable : .integer(row.first.number)
    }
    let trials = ComparedColumn("trials", .identity, importance: Importance.trials, of: rows) {
      .text(Self.trials($0))
    }
    let id = ComparedColumn("id", .identity, .left, importance: Importance.id, of: rows) {
      Cell(.text($0.first.id), text: String($0.first.id.prefix(8)))
    }
    let hasSeveral = Set(rows.flatMap { $0.entries.map(\.run.experiment) }).count > 1
    return [place] + (hasSeveral ? [experiment] : []) + (isOverSeeds ? [trials] : [trial, id])
  }

  /// `1–3`; runs that a later plan has no number for by their ids.
  private static func trials(_ row: ComparedRow) -> String {
    let runs = row.entries.map(\.run)
    let numbers = NumberRanges.text(runs.filter { !$0.isSuperseded }.map(\.number).sorted())
    let others = runs.filter(\.isSuperseded).map { String($0.id.prefix(8)) }
    return ((numbers.isEmpty ? [] : [numbers]) + others).joined(separator: ", ")
  }

  func data() -> [ComparedColumn] {
    let data = ranking.data
    guard data.areSeveral else { return [] }
    let name = data.differsInClasses ? "classes" : "data"
    return [
      ComparedColumn(name, .identity, .left, importance: Importance.data, of: rows) {
        $0.first.hasSettings ? .text(data.label(of: $0.first)) : .notApplicable
      }
    ]
  }
}
