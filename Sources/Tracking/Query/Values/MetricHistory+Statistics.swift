internal import Measurements

/// The statistics of a series over the evaluations of a run.
extension MetricHistory {
  /// - Parameter objective: what chooses the best evaluation where no series is named.
  func value(
    _ column: HistoryColumn, _ statistic: RunValue.Statistic, _ objective: Objective
  ) -> QueryValue {
    guard let values = values(of: column), !values.isEmpty else {
      return .missing(RunAnswers.nothingMeasured)
    }
    switch statistic {
    case .max, .min:
      let row = Self.extreme(values, highest: statistic == .max)
      return row.map { .number(values[$0]) } ?? .missing(Self.neverFinite(column.name))
    case .mean(let last):
      let finite = values.suffix(last ?? values.count).filter(\.isFinite)
      guard !finite.isEmpty else { return .missing(Self.neverFinite(column.name, last: last)) }
      return .number(finite.reduce(0, +) / Double(finite.count))
    case .at(let evaluation):
      switch row(evaluation, objective) {
      case .success(let row): return .measured(values[row], column.name, at: rows[row].point)
      case .failure(let absence): return .missing(absence.reason)
      }
    }
  }

  /// When an evaluation was.
  func value(
    _ coordinate: Coordinate, _ statistic: RunValue.Statistic, _ objective: Objective
  ) -> QueryValue {
    guard case .at(let evaluation) = statistic else {
      return .missing("\(coordinate.rawValue) is no series: write \(coordinate.rawValue) @ …")
    }
    switch row(evaluation, objective) {
    case .success(let row): return .number(coordinate.value(of: rows[row].point))
    case .failure(let absence): return .missing(absence.reason)
    }
  }

  /// Why there is no such evaluation.
  struct Absence: Error { let reason: String }

  private func row(
    _ evaluation: RunValue.Evaluation, _ objective: Objective
  ) -> Result<Int, Absence> {
    guard !rows.isEmpty else { return .failure(Absence(reason: RunAnswers.nothingMeasured)) }
    switch evaluation {
    case .first: return .success(0)
    case .last: return .success(rows.count - 1)
    case .best(nil):
      let best = best(of: objective)?.row
      return best.map { .success($0) }
        ?? .failure(Absence(reason: Self.neverFinite(objective.metric)))
    case .best(let name?), .highest(let name), .lowest(let name):
      return row(chosenBy: name, evaluation, objective)
    case .epoch(let epoch):
      return nearest("epoch \(EvaluationPoint.epochText(epoch))", epoch) { $0.point.epoch }
    case .step(let step): return nearest("step \(step)", Double(step)) { Double($0.step) }
    }
  }

  private func row(
    chosenBy name: String, _ evaluation: RunValue.Evaluation, _ objective: Objective
  ) -> Result<Int, Absence> {
    guard let column = series.column(named: name), let values = values(of: column) else {
      return .failure(Absence(reason: "it has no \(name)"))
    }
    let highest: Bool
    switch evaluation {
    case .highest: highest = true
    case .lowest: highest = false
    default:
      guard let direction = column.direction(objective) else {
        return .failure(Absence(reason: HistoryColumn.noDirection(name)))
      }
      highest = direction
    }
    return Self.extreme(values, highest: highest).map { .success($0) }
      ?? .failure(Absence(reason: Self.neverFinite(column.name)))
  }

  private func nearest(
    _ what: String, _ wanted: Double, _ coordinate: (Row) -> Double
  ) -> Result<Int, Absence> {
    let row = rows.indices.min {
      abs(coordinate(rows[$0]) - wanted) < abs(coordinate(rows[$1]) - wanted)
    }
    guard let row, abs(coordinate(rows[row]) - wanted) <= 1e-9 * Swift.max(1, wanted) else {
      let near = row.map { "; the nearest is at \(rows[$0].point)" } ?? ""
      return .failure(Absence(reason: "it has no evaluation at \(what)\(near)"))
    }
    return .success(row)
  }

  /// The place of the highest or lowest finite value, the first of equals; `nil` where none is finite.
  static func extreme(_ values: [Double], highest: Bool) -> Int? {
    var best: Int?
    for (index, value) in values.enumerated() where value.isFinite {
      guard let known = best else {
        best = index
        continue
      }
      if highest ? value > values[known] : value < values[known] { best = index }
    }
    return best
  }

  static func neverFinite(_ name: String, last: Int? = nil) -> String {
    "\(name) has no finite value" + (last.map { " in the last \($0) evaluations" } ?? "")
  }
}

extension HistoryColumn {
  /// Whether higher values are better; `nil` where neither direction is known to be.
  func direction(_ objective: Objective?) -> Bool? {
    if let objective, objective.metric == name { return objective.maximize }
    return series.higherIsBetter
  }

  static func noDirection(_ name: String) -> String {
    "no direction of \(name) is the better one: write @ max(\(name)) or @ min(\(name))"
  }
}
