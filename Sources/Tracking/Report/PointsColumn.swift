/// A column of the table of all points.
enum PointsColumn {
  /// One of the comparison's, with its place there.
  case value(Int, Comparison.Column)
  /// Single seeds, interval and mean on a common scale.
  case strip
  /// How far from the best row, with the interval of the difference.
  case difference
  /// The objective over epochs.
  case course
  /// What is to be said of the row in a word.
  case words

  /// In the order of the page, as far as the comparison has something to say in them.
  static func all(of comparison: Comparison) -> [PointsColumn] {
    let columns = Array(comparison.columns.enumerated())
    func values(_ fits: (Comparison.Column) -> Bool) -> [PointsColumn] {
      columns.filter { fits($0.element) }.map { .value($0.offset, $0.element) }
    }
    func named(_ names: String...) -> [PointsColumn] {
      names.flatMap { name in values { $0.name == name } }
    }
    let settings = values { $0.kind == .hyperparameter }
    let isTested = comparison.rows.contains { $0.test != nil }
    let hasCourse = comparison.rows.contains { $0.objective?.summary != nil }
    let seconds = named("seconds")
    let isUnfinished =
      comparison.columns.firstIndex { $0.name == "status" }.map { place in
        comparison.rows.contains { $0.cells[place].text != "finished" }
      } ?? false
    return named("experiment") + named("data", "classes")
      + (settings.isEmpty ? named("trial", "id") : settings) + values { $0.kind == .objective }
      + [.strip] + (isTested ? [.difference] : []) + named("holm", "n", "best_epoch")
      + (hasCourse ? [.course] : []) + seconds + (isUnfinished ? named("status") : []) + [.words]
      + values { $0.kind == .metric }
  }

  var isSetting: Bool {
    if case .value(_, let column) = self {
      column.kind == .hyperparameter || column.name == "trial"
    } else {
      false
    }
  }

  func group(_ objective: Comparison.Judgement) -> String {
    switch self {
    case .strip, .difference: return "\(objective.title) at the best epoch"
    case .course: return "course and cost"
    case .words: return ""
    case .value(_, let column):
      switch column.kind {
      case .identity, .flag: return ""
      case .hyperparameter: return "varied"
      case .objective, .test: return "\(objective.title) at the best epoch"
      case .metric: return "other metrics at the same epoch"
      case .progress, .fact:
        return column.name == "n" || column.name == "best_epoch"
          ? "\(objective.title) at the best epoch" : "course and cost"
      }
    }
  }
}
