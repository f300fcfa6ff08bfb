extension RunFilter {
  /// Tells whether the run is meant.
  package func matches(_ run: some QueriedRun) -> Bool { condition.holds(for: run) == true }

  /// The runs that are meant, in their order.
  ///
  /// - Throws: ``QueryError`` where it asks for what no run has, or compares text with a number.
  package func select(from runs: [RunRecord]) throws(QueryError) -> [RunRecord] {
    guard !runs.isEmpty else { return [] }
    try check(RunNames(runs))
    return runs.filter { matches(RunAnswers($0)) }
  }
}

extension RunFilter.Condition {
  /// `nil` where a value is missing, and then neither the condition nor its opposite holds (Kleene
  /// 1952).
  fileprivate func holds(for run: some QueriedRun) -> Bool? {
    switch self {
    case .and(let left, let right):
      let first = left.holds(for: run)
      if first == false { return false }
      let second = right.holds(for: run)
      return second == false ? false : first == nil || second == nil ? nil : true
    case .or(let left, let right):
      let first = left.holds(for: run)
      if first == true { return true }
      let second = right.holds(for: run)
      return second == true ? true : first == nil || second == nil ? nil : false
    case .not(let condition): return condition.holds(for: run).map { !$0 }
    case .missing(let value): return run.value(of: value).isMissing
    case .compared(let value, let comparison, let operand):
      let other =
        switch operand {
        case .literal(let literal): literal.value
        case .value(let other): run.value(of: other)
        }
      return run.value(of: value).compare(comparison, other)
    case .oneOf(let value, let literals):
      let found = run.value(of: value)
      return found.isMissing
        ? nil : literals.contains { found.compare(.equal, $0.value) == true }
    case .inRange(let value, let from, let to):
      let found = run.value(of: value)
      guard !found.isMissing else { return nil }
      return (from.map { found.compare(.atLeast, $0.value) == true } ?? true)
        && (to.map { found.compare(.atMost, $0.value) == true } ?? true)
    case .matching(let value, let pattern): return run.value(of: value).matches(pattern)
    }
  }
}

extension QueryValue {
  /// - Returns: `nil` where one of the two is missing.
  fileprivate func compare(_ comparison: RunFilter.Comparison, _ other: QueryValue) -> Bool? {
    guard !isMissing, !other.isMissing else { return nil }
    switch comparison {
    case .equal: return isEqual(to: other)
    case .unequal: return !isEqual(to: other)
    case .less: return isLess(than: other)
    case .more: return other.isLess(than: self)
    // Values of different kinds are in no order.
    case .atMost: return isLess(than: other) || isEqual(to: other)
    case .atLeast: return other.isLess(than: self) || isEqual(to: other)
    }
  }

  /// A list is equal to each of its elements.
  private func isEqual(to other: QueryValue) -> Bool {
    switch (self, other) {
    case (.list(let elements), .list(let others)):
      elements.count == others.count && zip(elements, others).allSatisfy { $0.isEqual(to: $1) }
    case (.list(let elements), _): elements.contains { $0.isEqual(to: other) }
    case (.text(let digits), .number(let number)): Double(digits) == number
    default: self == other
    }
  }

  private func isLess(than other: QueryValue) -> Bool {
    switch (self, other) {
    case (.number(let number), .number(let other)): number < other
    case (.text(let text), .text(let other)): text < other
    default: false
    }
  }

  fileprivate func matches(_ pattern: TextPattern) -> Bool? {
    switch self {
    case .missing: nil
    case .text(let text): pattern.matches(text)
    case .list(let elements): elements.contains { $0.matches(pattern) == true }
    case .number: pattern.matches(text())
    }
  }
}
