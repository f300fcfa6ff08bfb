internal import Groundwork
internal import Learning
package import Measurements

extension EarlyStopping {
  /// The state of early stopping after some evaluations. It follows from the values of the one series,
  /// so that a training that is continued needs nothing else to stop where it would have stopped.
  package struct State: Sendable, Hashable {
    private let settings: EarlyStopping
    private let stepsPerEpoch: Int
    /// The latest evaluation that counted as better than those before; `nil` before the first one that
    /// has a value.
    package private(set) var best: Best?
    /// The steps of another training that this one goes on from.
    private let origin: Int
    private var lastStep: Int
    private var evaluationsSinceBest = 0

    package struct Best: Sendable, Hashable {
      package let point: EvaluationPoint
      package let value: Double
    }

    package init(_ settings: EarlyStopping, stepsPerEpoch: Int, origin: Int = 0) {
      (self.settings, self.stepsPerEpoch) = (settings, stepsPerEpoch)
      (self.origin, lastStep) = (origin, origin)
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
        lastStep - (best?.point.step ?? origin) >= interval.steps(perEpoch: stepsPerEpoch)
      }
    }

    private func isBetter(_ value: Double) -> Bool {
      guard let best = best?.value else { return !value.isNaN }
      return settings.isHigherBetter
        ? value > best + settings.minimumDelta : value < best - settings.minimumDelta
    }
  }
}
