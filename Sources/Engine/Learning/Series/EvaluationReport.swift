package import Measurements

/// What one evaluation measured, and the training before it.
package struct EvaluationReport: Sendable {
  /// Steps done.
  package var step: Int
  package var epoch: Double
  /// Metrics first, then losses, learning rate and times.
  package var measurements: [Measurement]
  /// One digest of the bits of every parameter and of every running statistic, as evaluated and,
  /// where that is another, as trained; their names are ``TrainingLoop/digestedTensors``.
  package var digests: [UInt64]
  package var isLast: Bool

  package init(
    step: Int, epoch: Double, measurements: [Measurement], digests: [UInt64], isLast: Bool
  ) {
    self.step = step
    self.epoch = epoch
    self.measurements = measurements
    self.digests = digests
    self.isLast = isLast
  }

  package var point: EvaluationPoint { EvaluationPoint(step: step, epoch: epoch) }

  /// The value of that name, of the whole validation data or of a class: NaN where it means nothing,
  /// `nil` where the evaluation has none.
  package func value(of name: String) -> Double? { measurements.value(of: name) }
}
