/// Which columns a comparison has, and what each says of a row.
struct ComparisonLayout {
  let columns: [ComparedColumn]

  /// - Parameters:
  ///   - rows: all of the table's, since only what differs between them is worth a column.
  ///   - objective: what the rows are sorted by.
  init(_ rows: [ComparedRow], objective: Objective) {
    let isOverSeeds = rows.contains { $0.entries.count > 1 }
    columns =
      Self.identity(rows, isOverSeeds) + Self.hyperparameters(rows, isOverSeeds)
      + Self.figures(rows, objective, isOverSeeds) + Self.progress(isOverSeeds)
  }

  private static func identity(_ rows: [ComparedRow], _ isOverSeeds: Bool) -> [ComparedColumn] {
    let experiment = ComparedColumn("experiment", .identity, .left) { .text($0.first.experiment) }
    let trial = ComparedColumn("trial", .identity) { .integer($0.first.number) }
    let trials = ComparedColumn("trials", .identity) {
      .text(NumberRanges.text($0.entries.map(\.run.number)))
    }
    let id = ComparedColumn("id", .identity, .left) {
      Cell(.text($0.first.id), text: String($0.first.id.prefix(8)))
    }
    let hasSeveral = Set(rows.map(\.first.experiment)).count > 1
    return (hasSeveral ? [experiment] : []) + (isOverSeeds ? [trials] : [trial, id])
  }

  /// The swept paths whose values differ between the rows, in the order of the spec, and the seed
  /// where every run has a row of its own.
  private static func hyperparameters(
    _ rows: [ComparedRow], _ isOverSeeds: Bool
  ) -> [ComparedColumn] {
    var paths: [String] = []
    for path in rows.flatMap(\.first.trial.hyperparameters).map(\.path)
    where !paths.contains(path) {
      paths.append(path)
    }
    var columns = paths.compactMap { path -> ComparedColumn? in
      let cells = rows.map { $0.hyperparameter(path) }
      guard Set(cells.map(\.text)).count > 1 else { return nil }
      let areNumbers = cells.allSatisfy { $0.isNumeric || $0.isMissing }
      return ComparedColumn(path, .hyperparameter, areNumbers ? .right : .left) {
        $0.hyperparameter(path)
      }
    }
    if !isOverSeeds, !paths.contains("seed"), Set(rows.map(\.first.trial.seed)).count > 1 {
      columns.append(
        ComparedColumn("seed", .hyperparameter) { .written("\($0.first.trial.seed)") })
    }
    return columns
  }

  /// The objective, and the other figures that some run has.
  private static func figures(
    _ rows: [ComparedRow], _ objective: Objective, _ isOverSeeds: Bool
  ) -> [ComparedColumn] {
    let first = ComparedFigure.of(objective.metric)
    let others = ComparedFigure.all.filter { figure in
      figure != first && rows.contains { !$0.values(of: figure.series).allSatisfy(\.isNaN) }
    }
    return ([first] + others).map { figure in
      ComparedColumn(
        figure.series, header: figure.header, figure == first ? .objective : .metric,
        isOverSeeds: isOverSeeds
      ) { row in
        let values = row.values(of: figure.series)
        return isOverSeeds ? .figure(SeedStatistics(values)) : .figure(values.first ?? .nan)
      }
    }
  }

  private static func progress(_ isOverSeeds: Bool) -> [ComparedColumn] {
    let seeds = ComparedColumn("seeds", .progress) { row in
      let (measured, all) = (row.measured.count, row.entries.count)
      return Cell(.integer(measured), text: measured == all ? "\(all)" : "\(measured) of \(all)")
    }
    return (isOverSeeds ? [seeds] : []) + [
      ComparedColumn("best_round", header: "best round", .progress, isOverSeeds: isOverSeeds) {
        .rounds($0.bestRounds, isOverSeeds: isOverSeeds)
      },
      ComparedColumn("rounds", .progress, isOverSeeds: isOverSeeds) {
        .rounds($0.rounds, isOverSeeds: isOverSeeds)
      },
      ComparedColumn("seconds", header: "time", .progress, isOverSeeds: isOverSeeds) {
        .time($0.seconds, isOverSeeds: isOverSeeds)
      },
      ComparedColumn("status", .progress, .left) { .text($0.status) },
    ]
  }

  private typealias Cell = ComparisonTable.Cell
}

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

extension ComparisonTable.Cell {
  /// Numbers of rounds: over seeds their range, `7–9`.
  fileprivate static func rounds(_ numbers: [Int], isOverSeeds: Bool) -> Self {
    guard let low = numbers.min(), let high = numbers.max() else { return .missing }
    guard isOverSeeds, let statistics = SeedStatistics(numbers.map(Double.init)) else {
      return .integer(low)
    }
    return Self(.statistics(statistics), text: low == high ? "\(low)" : "\(low)–\(high)")
  }

  /// Seconds: over seeds their mean.
  fileprivate static func time(_ seconds: [Double], isOverSeeds: Bool) -> Self {
    guard let statistics = SeedStatistics(seconds) else { return .missing }
    return Self(
      isOverSeeds ? .statistics(statistics) : .number(statistics.mean),
      text: TimeText.of(statistics.mean))
  }
}
