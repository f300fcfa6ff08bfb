extension ComparisonTable.Cell {
  /// Numbers of rounds: over seeds their range, `7–9`.
  static func rounds(_ numbers: [Int], isOverSeeds: Bool) -> Self {
    guard let low = numbers.min(), let high = numbers.max() else { return .missing }
    guard isOverSeeds, let statistics = SeedStatistics(numbers.map { Double($0) }) else {
      return .integer(low)
    }
    return Self(.statistics(statistics), text: low == high ? "\(low)" : "\(low)–\(high)")
  }

  /// Seconds: over seeds their mean.
  static func time(_ seconds: [Double], isOverSeeds: Bool) -> Self {
    guard let statistics = SeedStatistics(seconds) else { return .missing }
    return Self(
      isOverSeeds ? .statistics(statistics) : .number(statistics.mean),
      text: TimeText.of(statistics.mean))
  }
}
