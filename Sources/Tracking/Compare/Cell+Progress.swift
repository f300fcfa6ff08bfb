internal import Measurements

extension ComparisonTable.Cell {
  /// Epochs: over seeds their range, `7–9`; with those that were planned, where some run stopped early,
  /// `7–9 of 60`.
  static func epochs(_ epochs: [Double], of planned: Double? = nil, isOverSeeds: Bool) -> Self {
    guard let low = epochs.min(), let high = epochs.max() else { return .missing }
    let least = EvaluationPoint.epochText(low)
    let range = low == high ? least : "\(least)–\(EvaluationPoint.epochText(high))"
    let text = planned.map { EarlyStopRecord.epochs(range, of: $0) } ?? range
    guard isOverSeeds, let statistics = SeedStatistics(epochs) else {
      return Self(Int(exactly: low).map { .integer($0) } ?? .number(low), text: text)
    }
    return Self(.statistics(statistics), text: text)
  }

  /// Seconds: over seeds their mean.
  static func time(_ seconds: [Double], isOverSeeds: Bool) -> Self {
    guard let statistics = SeedStatistics(seconds) else { return .missing }
    return Self(
      isOverSeeds ? .statistics(statistics) : .number(statistics.mean),
      text: TimeText.of(statistics.mean))
  }
}
