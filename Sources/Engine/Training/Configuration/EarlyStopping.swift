package import Groundwork

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

extension EarlyStopping.Patience {
  /// As a spec writes it.
  package var text: String {
    switch self {
    case .interval(let interval): interval.text
    case .evaluations(let count): count == 1 ? "1 evaluation" : "\(count) evaluations"
    }
  }
}
