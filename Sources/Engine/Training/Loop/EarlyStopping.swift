package import Groundwork
internal import Learning
package import Measurements

/// Ends a training once a series of its evaluations has not become better for a while (Prechelt 1998,
/// "Early Stopping – But When?").
package struct EarlyStopping: Sendable, Hashable {
  /// How long the best value may stay the best.
  package enum Patience: Sendable, Hashable {
    case interval(TrainingInterval)
    case evaluations(Int)
  }

  package var patience: Patience
  /// The name of a series with one number an evaluation, or of one class in a series.
  package var series: String
  package var isHigherBetter: Bool
  /// By more than how much a value must pass the best one to count as better; at least 0.
  package var minimumDelta: Double

  package init(
    patience: Patience, series: String, isHigherBetter: Bool, minimumDelta: Double = 0
  ) {
    self.patience = patience
    self.series = series
    self.isHigherBetter = isHigherBetter
    self.minimumDelta = minimumDelta
  }
}

extension EarlyStopping {
  /// The state of early stopping after some evaluations. It follows from the values of the one series,
  /// so that a training that is continued needs nothing else to stop where it would have stopped.
  package struct State: Sendable, Hashable {
    private let settings: EarlyStopping
    private let stepsPerEpoch: Int
    /// The latest evaluation that counted as better than those before; `nil` before the first one that
    /// has a value.
    package private(set) var best: Best?
    private var lastStep = 0
    private var evaluationsSinceBest = 0

    package struct Best: Sendable, Hashable {
      package let point: EvaluationPoint
      package let value: Double
    }

    package init(_ settings: EarlyStopping, stepsPerEpoch: Int) {
      (self.settings, self.stepsPerEpoch) = (settings, stepsPerEpoch)
    }

    /// Takes in the next evaluation.
    mutating func add(_ report: EvaluationReport) {
      add(report.value(of: settings.series) ?? .nan, at: report.point)
    }

    /// The same by the value of the series.
    ///
    /// - Parameter value: NaN where the evaluation has none, which never counts as better.
    package mutating func add(_ value: Double, at point: EvaluationPoint) {
      lastStep = point.step
      evaluationsSinceBest += 1
      guard isBetter(value) else { return }
      best = Best(point: point, value: value)
      evaluationsSinceBest = 0
    }

    /// Whether the patience has passed since the best evaluation, or since the training began where no
    /// evaluation has had a value.
    package var isPatienceOver: Bool {
      switch settings.patience {
      case .evaluations(let count): evaluationsSinceBest >= count
      case .interval(let interval):
        lastStep - (best?.point.step ?? 0) >= interval.steps(perEpoch: stepsPerEpoch)
      }
    }

    private func isBetter(_ value: Double) -> Bool {
      guard let best = best?.value else { return !value.isNaN }
      return settings.isHigherBetter
        ? value > best + settings.minimumDelta : value < best - settings.minimumDelta
    }
  }
}

extension EarlyStopping.Patience {
  /// As a spec writes it.
  package var text: String {
    switch self {
    case .interval(let interval): interval.text
    case .evaluations(let count): count == 1 ? "1 evaluation" : "\(count) evaluations"
    }
  }
}
