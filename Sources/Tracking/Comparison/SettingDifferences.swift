/// What tells each of some runs from the others of its experiment.
package struct SettingDifferences: Sendable {
  private var byRun: [RunPlace: [Hyperparameter]] = [:]
  /// The paths of the settings that differ.
  package private(set) var paths: Set<String> = []

  /// - Parameter complete: adds to settings what a resolved spec leaves out, asked for only where another run
  ///   has a setting that one lacks.
  package init(
    _ runs: [RunRecord], completing complete: @escaping @Sendable (TrialSettings) -> TrialSettings
  ) {
    for runs in Dictionary(grouping: runs.map(ComparedRun.init), by: \.experiment).values {
      let columns = DifferingSettings.columns(of: runs, complete)
      paths.formUnion(columns.map(\.path))
      for (index, run) in runs.enumerated() {
        let differing = columns.filter { !$0.cells[index].isMissing }.map {
          Hyperparameter(path: $0.path, text: $0.cells[index].text)
        }
        let shown = Set(differing.map(\.path))
        byRun[run.place] =
          differing + run.hyperparameters.filter { !shown.contains($0.path) }
      }
    }
  }

  /// The settings of the run that differ, then what else its sweep set.
  package func settings(of run: RunRecord) -> [Hyperparameter] { byRun[run.place] ?? [] }
}

extension DifferingSettings {
  /// The columns for runs, the paths of their sweeps first. A run whose settings cannot be read has
  /// a dash in each, and decides none.
  static func columns(
    of runs: [ComparedRun], _ complete: @escaping @Sendable (TrialSettings) -> TrialSettings
  ) -> [Column] {
    let readable = runs.indices.filter { runs[$0].hasSettings }
    return columns(ofReadable: readable.map { runs[$0] }, complete).map { column in
      var cells = Array(repeating: Comparison.Cell.notApplicable, count: runs.count)
      for (index, cell) in zip(readable, column.cells) { cells[index] = cell }
      return Column(path: column.path, cells: cells)
    }
  }

  private static func columns(
    ofReadable runs: [ComparedRun], _ complete: @escaping @Sendable (TrialSettings) -> TrialSettings
  ) -> [Column] {
    var swept: [String] = []
    for path in runs.flatMap(\.hyperparameters).map(\.path)
    where !swept.contains(path) && path != TrialRecord.foldPath {
      swept.append(path)
    }
    let settings = parallelMap(runs, \.settings)
    let differing = DifferingSettings(settings, swept: swept, completing: complete)
    // What one row leaves out another may have written. Completing thousands of specs takes longer than all else.
    guard
      differing.hasUnevenComponents
        || differing.columns.contains(where: { $0.cells.contains { $0.isMissing } })
    else { return differing.columns }
    return DifferingSettings(parallelMap(settings, complete), swept: swept).columns
  }
}
