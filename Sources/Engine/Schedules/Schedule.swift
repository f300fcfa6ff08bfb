/// The learning-rate schedules that a spec can name.
extension Registry {
  public static let schedules = Registry(
    kind: "schedule",
    [
      FixedSchedule.self,
      StepSchedule.self,
      PolySchedule.self,
    ])
}

/// The learning rate as a function of the step.
public protocol Schedule: Component {
  /// - Parameters:
  ///   - base: the solver's `base_lr`.
  ///   - step: 0 for the first step.
  ///   - steps: of the whole training.
  func learningRate(base: Double, step: Int, of steps: Int) -> Double
}
