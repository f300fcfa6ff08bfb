internal import Measurements

extension ComparisonTable.Cell {
  /// Epochs: over seeds their range, `7–9`.
  static func epochs(_ epochs: [Double], isOverSeeds: Bool) -> Self {
    guard let low = epochs.min(), let high = epochs.max() else { return .missing }
    let text = EvaluationPoint.epochText(low)
    guard isOverSeeds, let statistics = SeedStatistics(epochs) else {
      return Self(Int(exactly: low).map { .integer($0) } ?? .number(low), text: text)
    }
    return Self(
      .statistics(statistics),
      text: low == high ? text : "\(text)–\(EvaluationPoint.epochText(high))")
  }

  /// Seconds: over seeds their mean.
  static func time(_ seconds: [Double], isOverSeeds: Bool) -> Self {
    guard let statistics = SeedStatistics(seconds) else { return .missing }
    return Self(
      isOverSeeds ? .statistics(statistics) : .number(statistics.mean),
      text: TimeText.of(statistics.mean))
  }
}
