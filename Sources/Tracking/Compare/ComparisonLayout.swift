internal import Measurements

/// Which columns a comparison has, and what each says of a row.
struct ComparisonLayout {
  let columns: [ComparedColumn]

  /// - Parameters:
  ///   - rows: all of the table's, since only what differs between them is worth a column.
  ///   - settings: a run's settings with everything that its resolved spec leaves out.
  init(
    _ rows: [ComparedRow], _ ranking: Ranking, _ choice: ColumnChoice,
    _ settings: (RunRecord) -> TrialSettings
  ) throws(UnknownColumn) {
    let series = try ComparedSeries(rows, ranking.objective, choice)
    let isOverSeeds = rows.contains { $0.entries.count > 1 }
    columns =
      Self.identity(rows, isOverSeeds) + Self.data(rows, ranking)
      + Self.settings(rows, isOverSeeds, settings)
      + Self.measured(rows, series, isOverSeeds)
      + Self.progress(rows, isOverSeeds, Self.replicates(rows), choice)
  }

  /// Which columns stay where there is no room for all.
  private enum Importance {
    static let data = 90
    static let setting = TableLayout.Column.essential
    static let asked = 60
    static let status = 50
    static let id = 40
    static let principal = 30
    static let seconds = 4
    static let epochs = 3
    static let bestEpoch = 2
    static let seeds = 1
  }

  // MARK: - Which run, on what data

  private static func identity(_ rows: [ComparedRow], _ isOverSeeds: Bool) -> [ComparedColumn] {
    let experiment = ComparedColumn("experiment", .identity, .left, of: rows) {
      .text($0.first.experiment)
    }
    let trial = ComparedColumn("trial", .identity, of: rows) { row in
      row.first.isSuperseded ? .notApplicable : .integer(row.first.number)
    }
    let trials = ComparedColumn("trials", .identity, of: rows) { .text(Self.trials($0)) }
    let id = ComparedColumn("id", .identity, .left, importance: Importance.id, of: rows) {
      Cell(.text($0.first.id), text: String($0.first.id.prefix(8)))
    }
    let hasSeveral = Set(rows.map(\.first.experiment)).count > 1
    return (hasSeveral ? [experiment] : []) + (isOverSeeds ? [trials] : [trial, id])
  }

  /// `1–3`; runs that a later plan has no number for by their ids.
  private static func trials(_ row: ComparedRow) -> String {
    let runs = row.entries.map(\.run)
    let numbers = NumberRanges.text(runs.filter { !$0.isSuperseded }.map(\.number))
    let others = runs.filter(\.isSuperseded).map { String($0.id.prefix(8)) }
    return ((numbers.isEmpty ? [] : [numbers]) + others).joined(separator: ", ")
  }

  private static func data(_ rows: [ComparedRow], _ ranking: Ranking) -> [ComparedColumn] {
    let data = ranking.data
    guard data.areSeveral else { return [] }
    let name = data.differsInClasses ? "classes" : "data"
    return [
      ComparedColumn(name, .identity, .left, importance: Importance.data, of: rows) {
        $0.first.hasSettings ? .text(data.label(of: $0.first)) : .notApplicable
      }
    ]
  }

  // MARK: - Settings

  /// The settings whose values differ between the rows, and the seed where every run has a row of
  /// its own.
  private static func settings(
    _ rows: [ComparedRow], _ isOverSeeds: Bool, _ complete: (RunRecord) -> TrialSettings
  ) -> [ComparedColumn] {
    let differing = DifferingSettings.columns(of: rows.map(\.first), complete)
    let paths = differing.map(\.path)
    let columns = differing.filter { !isOnlyAPlace($0.path, rows) }.map { column in
      ComparedColumn(
        column.path, shortHeader: shortest(column.path, among: paths), .hyperparameter,
        column.cells.allSatisfy { $0.isNumeric || $0.isMissing } ? .right : .left,
        importance: Importance.setting, cells: column.cells)
    }
    return columns + replicate(rows, isOverSeeds) + trainingData(rows)
  }

  /// Where data lies, when it is the same data.
  private static func isOnlyAPlace(_ path: String, _ rows: [ComparedRow]) -> Bool {
    func isSame(_ content: (RunRecord) -> String?) -> Bool {
      let contents = Set(rows.filter(\.first.hasSettings).map { content($0.first) })
      return contents.count == 1 && contents.first != .some(nil)
    }
    switch path {
    case "data.train": return isSame(\.sharedDigest)
    case "data.validation": return isSame(\.validationDigest)
    case "data.classes": return isSame { $0.history?.classNames.joined(separator: "\n") }
    default: return false
    }
  }

  /// The end of a path that no other path ends with.
  private static func shortest(_ path: String, among paths: [String]) -> String {
    let parts = path.split(separator: ".")
    for count in 1...max(1, parts.count) {
      let end = parts.suffix(count).joined(separator: ".")
      if paths.count(where: { $0 == end || $0.hasSuffix("." + end) }) == 1 { return end }
    }
    return path
  }

  /// The seed and the fold, where every run has a row of its own.
  private static func replicate(_ rows: [ComparedRow], _ isOverSeeds: Bool) -> [ComparedColumn] {
    guard !isOverSeeds else { return [] }
    let seed = ComparedColumn("seed", .hyperparameter, importance: Importance.setting, of: rows) {
      guard $0.first.hasSettings else { return .notApplicable }
      let seed = $0.first.trial.seed
      return Cell(Int(exactly: seed).map { .integer($0) } ?? .text("\(seed)"), text: "\(seed)")
    }
    let fold = ComparedColumn(
      TrialRecord.foldPath, shortHeader: "fold", .hyperparameter, importance: Importance.setting,
      of: rows
    ) { row in
      row.first.fold.map { fold in Int(fold).map { .integer($0) } ?? .text(fold) }
        ?? .notApplicable
    }
    let known = rows.indices.filter { rows[$0].first.hasSettings }
    return [seed, fold].filter { column in Set(known.map { column.cells[$0] }).count > 1 }
  }

  /// A digest of what was trained on, where it differs though seeds, folds and data to validate on
  /// do not.
  private static func trainingData(_ rows: [ComparedRow]) -> [ComparedColumn] {
    let digests = rows.map { $0.first.hasSettings ? $0.first.sharedDigest : nil }
    guard Set(digests.compactMap { $0 }).count > 1 else { return [] }
    return [
      ComparedColumn(
        "training data", .hyperparameter, .left, importance: Importance.setting,
        cells: digests.map { $0.map { .text(String($0.prefix(8))) } ?? .missing })
    ]
  }

  private static func replicates(_ rows: [ComparedRow]) -> String {
    let runs = rows.flatMap(\.entries).map(\.run).filter(\.hasSettings)
    guard Set(runs.map(\.fold)).count > 1 else { return "seeds" }
    return Set(runs.map(\.trial.replicate)).count > 1 ? "seeds × folds" : "folds"
  }

  // MARK: - What was measured, and progress

  private static func measured(
    _ rows: [ComparedRow], _ series: ComparedSeries, _ isOverSeeds: Bool
  ) -> [ComparedColumn] {
    series.columns.enumerated().flatMap { index, chosen in
      let (column, format) = (chosen.column, chosen.column.series.format)
      let values = ComparedColumn(
        column.name, header: column.header, chosen.rank == .objective ? .objective : .metric,
        isOverSeeds: isOverSeeds, importance: importance(chosen.rank, index), of: rows
      ) { row in
        let values = row.values(of: column)
        return isOverSeeds
          ? .value(SeedStatistics(values), format) : .value(values.first ?? .nan, format)
      }
      return [values] + (chosen.rank == .other ? images(of: column, rows) : [])
    }
  }

  private static func importance(_ rank: ComparedSeries.Rank, _ index: Int) -> Int {
    switch rank {
    case .objective: .max
    case .asked: Importance.asked
    case .principal, .other: max(Importance.seconds + 1, Importance.principal - index)
    }
  }

  /// The names of the images that a column of ranked images is of, where rows are single runs.
  private static func images(
    of column: HistoryColumn, _ rows: [ComparedRow]
  ) -> [ComparedColumn] {
    guard rows.contains(where: { $0.image(of: column) != nil }) else { return [] }
    return [
      ComparedColumn("\(column.name).name", .metric, .left, of: rows) { row in
        row.image(of: column).map { .text($0) } ?? .missing
      }
    ]
  }

  /// - Parameter replicates: what the trials of a row are: `seeds`, `folds`, or both.
  private static func progress(
    _ rows: [ComparedRow], _ isOverSeeds: Bool, _ replicates: String, _ choice: ColumnChoice
  ) -> [ComparedColumn] {
    let seeds = ComparedColumn(replicates, .progress, importance: Importance.seeds, of: rows) {
      row in
      let (measured, all) = (row.measured.count, row.entries.count)
      return Cell(.integer(measured), text: measured == all ? "\(all)" : "\(measured) of \(all)")
    }
    return (isOverSeeds ? [seeds] : []) + [
      ComparedColumn(
        "best_epoch", header: "best epoch", shortHeader: "best", .progress,
        isOverSeeds: isOverSeeds, importance: Importance.bestEpoch, of: rows
      ) { .epochs($0.bestEpochs, isOverSeeds: isOverSeeds) },
      ComparedColumn(
        "epochs", .progress, isOverSeeds: isOverSeeds, importance: Importance.epochs, of: rows
      ) { .epochs($0.epochs, of: $0.plannedEpochs, isOverSeeds: isOverSeeds) },
    ] + (choice.holdsEverything ? plannedEpochs(rows) : []) + [
      ComparedColumn(
        "seconds", header: "time", .progress, isOverSeeds: isOverSeeds,
        importance: Importance.seconds, of: rows
      ) { .time($0.seconds, isOverSeeds: isOverSeeds) },
      ComparedColumn("status", .progress, .left, importance: Importance.status, of: rows) {
        .text($0.status)
      },
    ]
  }

  /// For programs, where a run stopped early; people read it beside the epochs that were done.
  private static func plannedEpochs(_ rows: [ComparedRow]) -> [ComparedColumn] {
    guard rows.contains(where: { $0.plannedEpochs != nil }) else { return [] }
    return [
      ComparedColumn("planned_epochs", .progress, of: rows) { row in
        .epochs(row.plannedEpochs.map { [$0] } ?? [], isOverSeeds: false)
      }
    ]
  }

  private typealias Cell = ComparisonTable.Cell
}
