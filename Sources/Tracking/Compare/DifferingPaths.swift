/// Which paths of the spec tell the rows of a comparison apart.
enum DifferingPaths {
  /// The swept paths whose values differ, in the order of the spec; then, where rows of one
  /// experiment are still alike because its spec was edited between them, the edited paths.
  static func of(_ rows: [ComparedRow]) -> [String] {
    var swept: [String] = []
    for path in rows.flatMap(\.first.trial.hyperparameters).map(\.path)
    where !swept.contains(path) {
      swept.append(path)
    }
    // A row of several folds is of none of them.
    if rows.contains(where: { $0.entries.count > 1 }) {
      swept.removeAll { $0 == TrialRecord.foldPath }
    }
    swept = swept.filter { path in Set(rows.map { $0.hyperparameter(path).value }).count > 1 }
    let alike = Dictionary(grouping: rows) { row in
      [.text(row.first.experiment)] + swept.map { row.hyperparameter($0).value }
    }
    let edited = Set(alike.values.flatMap { TrialSettings.differences($0.map(\.settings)) })
    return swept + edited.subtracting(swept).sorted()
  }
}
