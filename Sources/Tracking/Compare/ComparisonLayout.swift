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
      + Self.figures(rows, objective, isOverSeeds)
      + Self.progress(isOverSeeds, Self.replicates(rows))
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

  /// The paths whose values differ between the rows, and the seed where every run has a row of its
  /// own.
  private static func hyperparameters(
    _ rows: [ComparedRow], _ isOverSeeds: Bool
  ) -> [ComparedColumn] {
    let paths = DifferingPaths.of(rows)
    let columns = paths.map { path in
      let areNumbers = rows.map { $0.hyperparameter(path) }.allSatisfy {
        $0.isNumeric || $0.isMissing
      }
      return ComparedColumn(path, .hyperparameter, areNumbers ? .right : .left) {
        $0.hyperparameter(path)
      }
    }
    let haveSeeds = Set(rows.map(\.first.trial.seed)).count > 1
    guard haveSeeds, !isOverSeeds, !paths.contains("seed") else { return columns }
    let seed = ComparedColumn("seed", .hyperparameter) { .written("\($0.first.trial.seed)") }
    return columns + [seed]
  }

  private static func replicates(_ rows: [ComparedRow]) -> String {
    let trials = rows.flatMap(\.entries).map(\.run.trial)
    let folds = Set(
      trials.map { $0.hyperparameters.first { $0.path == TrialRecord.foldPath }?.text })
    guard folds.count > 1 else { return "seeds" }
    return Set(trials.map(\.replicate)).count > 1 ? "seeds × folds" : "folds"
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

  /// - Parameter replicates: what the trials of a row are: `seeds`, `folds`, or both.
  private static func progress(_ isOverSeeds: Bool, _ replicates: String) -> [ComparedColumn] {
    let seeds = ComparedColumn(replicates, .progress) { row in
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
