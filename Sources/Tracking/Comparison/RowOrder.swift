/// A value that rows are ranked by instead of the objective.
struct ComparisonJudge {
  let judgement: Comparison.Judgement
  let higherIsBetter: Bool
  let value: (ComparedRun) -> Double?

  init(
    _ value: RunValue, _ runs: [ComparedRun], _ answers: ComparisonAnswers
  ) throws(QueryError) {
    let names = answers.names
    try names.check(value)
    let column = names.column(named: value.name)
    let objective = runs.first(where: \.hasSettings)?.objective
    higherIsBetter = column?.direction(objective) ?? false
    self.value = { run in answers.answer(run, value).number }
    judgement = Comparison.Judgement(
      name: value.description, title: value.description, higherIsBetter: higherIsBetter)
  }
}

/// Another order of the rows than that of the objective.
struct RowOrder {
  private let keys: [ComparisonRequest.SortKey]
  private let isDescending: [Bool]
  private let answers: ComparisonAnswers

  init(
    _ keys: [ComparisonRequest.SortKey], _ runs: [ComparedRun], _ answers: ComparisonAnswers
  ) throws(QueryError) {
    (self.keys, self.answers) = (keys, answers)
    let names = answers.names
    let objective = runs.first(where: \.hasSettings)?.objective
    for key in keys { try names.check(key.value) }
    // The best comes first where a direction is the better one, else the lowest.
    isDescending = keys.map { key in
      (names.column(named: key.value.name)?.direction(objective) ?? false) != key.isReversed
    }
  }

  func sorted(_ rows: [ComparedRow]) -> [ComparedRow] {
    let keyed = rows.enumerated().map { index, row in
      (index, row, keys.map { key(of: row, $0.value) })
    }
    return keyed.sorted { left, right in
      for (index, isDescending) in isDescending.enumerated() {
        if let isFirst = left.2[index].precedes(right.2[index], isDescending) { return isFirst }
      }
      return left.0 < right.0
    }.map(\.1)
  }

  private func key(of row: ComparedRow, _ value: RunValue) -> Key {
    let entries = row.measured.isEmpty ? row.entries : row.measured
    let found = entries.map { answers.answer($0.run, value) }
    if let mean = SampleSummary(found.compactMap(\.number))?.mean { return .number(mean) }
    return found.first { !$0.isMissing }.map { .text($0.text()) } ?? .missing
  }

  private enum Key {
    case number(Double)
    case text(String)
    case missing

    /// `nil` where the two are equal.
    func precedes(_ other: Key, _ isDescending: Bool) -> Bool? {
      switch (self, other) {
      case (.number(let left), .number(let right)):
        left == right ? nil : (left < right) != isDescending
      case (.text(let left), .text(let right)):
        left == right ? nil : (left < right) != isDescending
      case (.missing, .missing): nil
      case (.missing, _): false
      case (_, .missing): true
      case (.number, .text): true
      case (.text, .number): false
      }
    }
  }
}
