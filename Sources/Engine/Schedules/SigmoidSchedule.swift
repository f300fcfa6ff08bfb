/// base / (1 + e^(−γ (step − stepsize))), Caffe's `sigmoid` policy.
public struct SigmoidSchedule: Schedule {
  public static let name = "sigmoid"
  public static let about = "Takes the learning rate from one level to another around stepsize."
  public static let fields = [stepSize.declaration, gamma.declaration]
  public static let example = "schedule: {sigmoid: {stepsize: 5000, gamma: -0.001}}"

  static let stepSize = Field.interval("stepsize", "When the rate is half of the base rate.")
  static let gamma = Field.number(
    "gamma", Bounds(-1...1), "How steep the change is; below 0 the rate falls.")

  private let stepSize: TrainingConfiguration.Interval
  private let gamma: Double

  public init(_ values: FieldValues) throws(ComponentError) {
    stepSize = values[Self.stepSize]
    gamma = values[Self.gamma]
  }

  public func learningRate(at point: SchedulePoint) -> Double {
    let distance = Double(point.step - point.steps(of: stepSize))
    return point.base / (1 + PortableMath.exponential(-gamma * distance))
  }

  public func neverReached(in length: TrainingLength) -> [NeverReached] {
    guard length.isOver(after: stepSize) else { return [] }
    return [
      NeverReached(
        field: Self.stepSize.declaration.name,
        what: "half of the change comes after \(stepSize.text)",
        time: stepSize)
    ]
  }
}
