/// What a trial has reached so far: the values of its evaluations, of which smaller ones are better.
package struct LearningCurve: Sendable, Hashable {
  package struct Value: Sendable, Hashable {
    /// Epochs or steps done.
    package let position: Double
    /// NaN where the evaluation gave no number.
    package let value: Double

    package init(_ position: Double, _ value: Double) {
      (self.position, self.value) = (position, value)
    }
  }

  /// How a trial ended, if not by a comparison.
  package enum End: Sendable, Hashable {
    /// It was trained as far as it was meant to be.
    case complete
    /// It failed or was ended for what it did alone: from here on it counts as the worst.
    case stopped
  }

  /// In the order of their positions.
  package private(set) var values: [Value]
  /// Where the training is planned to end; nothing is decided there.
  package let planned: Double
  /// `nil` while it may go on.
  package private(set) var end: End?

  package init(_ values: [Value], planned: Double, end: End? = nil) {
    (self.values, self.planned, self.end) = (values, planned, end)
  }

  /// The curve as if the trial had been stopped after that position.
  package func stopped(after position: Double) -> LearningCurve {
    LearningCurve(values.filter { $0.position <= position }, planned: planned, end: .stopped)
  }
}

/// Which value a trial is compared by.
package enum CurveStatistic: Sendable, Hashable {
  /// The best of its evaluations so far.
  case best
  /// That of its last evaluation.
  case last

  /// The value of the first evaluations; NaN where none of them gave a number.
  func value(of values: ArraySlice<LearningCurve.Value>) -> Double {
    switch self {
    case .last: values.last?.value ?? .nan
    case .best: values.lazy.map(\.value).filter { !$0.isNaN }.min() ?? .nan
    }
  }
}

extension LearningCurve {
  /// The value with which the trial came to a position: of a trial that was complete before, that of
  /// its end; NaN of one that was stopped before; `nil` where it has not come so far yet.
  func value(reaching position: Double, _ statistic: CurveStatistic) -> Double? {
    if let index = values.firstIndex(where: { $0.position >= position }) {
      return statistic.value(of: values[...index])
    }
    return switch end {
    case .complete: statistic.value(of: values[...])
    case .stopped: .nan
    case nil: nil
    }
  }
}

/// The trials of one point, with different seeds or folds: they are compared together, by the mean of
/// their values, and wait for each other.
package struct PointCurves: Sendable, Hashable {
  /// At least one.
  package let trials: [LearningCurve]

  package init(_ trials: [LearningCurve]) {
    precondition(!trials.isEmpty, "a point has at least one trial")
    self.trials = trials
  }

  /// Where the first of its trials is planned to end.
  var planned: Double { trials.lazy.map(\.planned).min() ?? 0 }

  /// `nil` until all of its trials have ended.
  var end: LearningCurve.End? {
    let ends = trials.compactMap(\.end)
    guard ends.count == trials.count else { return nil }
    return ends.contains(.stopped) ? .stopped : .complete
  }

  /// The mean of the trials' values at a position, NaN where one of them has none; `nil` where one has
  /// not come so far yet.
  func value(reaching position: Double, _ statistic: CurveStatistic) -> Double? {
    let known = trials.compactMap { $0.value(reaching: position, statistic) }
    return known.count == trials.count ? known.reduce(0, +) / Double(known.count) : nil
  }
}
