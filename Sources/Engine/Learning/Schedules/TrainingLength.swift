package import Groundwork

/// How long a training is.
package struct TrainingLength: Sendable, Hashable {
  package var steps: Int
  package var stepsPerEpoch: Int
  /// Evaluations, the last one at the end of the training.
  package var evaluations: Int

  package init(steps: Int, stepsPerEpoch: Int, evaluations: Int) {
    self.steps = steps
    self.stepsPerEpoch = stepsPerEpoch
    self.evaluations = evaluations
  }

  /// "12 iterations", or "3 epochs (12 iterations)" where it is compared with epochs.
  package func text(like interval: TrainingInterval) -> String {
    let iterations = TrainingInterval.iterations(steps).text
    guard case .epochs = interval, steps % stepsPerEpoch == 0 else { return iterations }
    return "\(TrainingInterval.epochs(steps / stepsPerEpoch).text) (\(iterations))"
  }

  package func steps(of interval: TrainingInterval) -> Int {
    interval.steps(perEpoch: stepsPerEpoch)
  }

  /// Tells whether no step is taken after so long.
  package func isOver(after interval: TrainingInterval) -> Bool {
    steps(of: interval) >= steps
  }
}
