package import Groundwork

/// A linear rise of the learning rate at the beginning (Goyal et al. 2017): over the first W steps
/// whatever the schedule says is multiplied by s + (1 − s) · step / W.
package struct Warmup: Sendable, Hashable {
  /// W.
  package var length: TrainingInterval
  /// s: 0 … 1.
  package var startFactor: Double

  package static let standardStartFactor = 0.1

  package init(
    length: TrainingInterval, startFactor: Double = standardStartFactor
  ) {
    self.length = length
    self.startFactor = startFactor
  }

  package func factor(at point: SchedulePoint) -> Double {
    let length = point.steps(of: length)
    guard point.step < length else { return 1 }
    return startFactor + (1 - startFactor) * Double(point.step) / Double(length)
  }
}
