/// In which order runs are listed: by a value of theirs.
package struct RunOrder: Sendable {
  package let value: RunValue
  package let isDescending: Bool

  /// - Parameter text: a value; with a `-` before it the highest comes first.
  package init(
    _ text: String, isDescending: Bool = false, source: String = "--sort"
  ) throws(QueryError) {
    let isMinus = text.hasPrefix("-")
    value = try RunValue(isMinus ? String(text.dropFirst()) : text, source: source)
    self.isDescending = isDescending || isMinus
  }

  package init(_ value: RunValue, isDescending: Bool) {
    (self.value, self.isDescending) = (value, isDescending)
  }

  /// The elements in that order: those without a value last, equals as they came.
  package func sorted<Run: QueriedRun>(_ runs: [Run]) -> [Run] {
    let keyed = runs.enumerated().map { (offset: $0, run: $1, value: $1.value(of: value)) }
    return keyed.sorted { left, right in
      if left.value.isMissing || right.value.isMissing {
        return left.value.isMissing == right.value.isMissing
          ? left.offset < right.offset : right.value.isMissing
      }
      if left.value.precedes(right.value) { return !isDescending }
      if right.value.precedes(left.value) { return isDescending }
      return left.offset < right.offset
    }.map(\.run)
  }
}

extension QueryValue {
  /// Numbers from the lowest, before texts and lists by their letters.
  fileprivate func precedes(_ other: QueryValue) -> Bool {
    switch (self, other) {
    case (.number(let number), .number(let other)): number < other
    case (.number, _): true
    case (_, .number): false
    default: text() < other.text()
    }
  }
}

extension RunOrder {
  /// The best first, by what the runs are judged by; `nil` where they are judged differently, or there
  /// is none.
  package static func best(of runs: [RunRecord]) -> RunOrder? {
    let objectives = Set(runs.filter(\.hasSettings).map(\.trial.objective))
    guard objectives.count == 1, let objective = objectives.first else { return nil }
    return best(by: objective)
  }

  static func best(by objective: Objective) -> RunOrder? {
    (try? RunValue("'\(objective.metric)'")).map {
      RunOrder($0, isDescending: objective.maximize)
    }
  }
}
