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
    var numbers: [(value: Double, place: Int)] = []
    var others: [(value: String, place: Int)] = []
    var missing: [Int] = []
    for (place, run) in runs.enumerated() {
      switch run.value(of: value) {
      case .number(let number): numbers.append((isDescending ? -number : number, place))
      case .missing: missing.append(place)
      case let other: others.append((other.text(), place))
      }
    }
    numbers.sort { $0.value != $1.value ? $0.value < $1.value : $0.place < $1.place }
    others.sort { left, right in
      if left.value == right.value { return left.place < right.place }
      return (left.value < right.value) != isDescending
    }
    // Numbers before texts, and the other way round where the highest come first.
    let parts = [numbers.map(\.place), others.map(\.place)]
    return ((isDescending ? parts.reversed() : parts).flatMap(\.self) + missing).map { runs[$0] }
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
