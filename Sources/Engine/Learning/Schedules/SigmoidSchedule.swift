package import Groundwork

/// base / (1 + e^(−γ (step − stepsize))), Caffe's `sigmoid` policy.
package struct SigmoidSchedule: Schedule {
  package static let name = "sigmoid"
  package static let about = "Takes the learning rate from one level to another around stepsize."
  package static let fields = [stepSize.declaration, gamma.declaration]
  package static let example = "schedule: {sigmoid: {stepsize: 5000, gamma: -0.001}}"

  static let stepSize = Field.interval("stepsize", "When the rate is half of the base rate.")
  static let gamma = Field.number(
    "gamma", Bounds(-1...1), "How steep the change is; below 0 the rate falls.")

  private let stepSize: TrainingInterval
  private let gamma: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    stepSize = values[Self.stepSize]
    gamma = values[Self.gamma]
  }

  package func learningRate(at point: SchedulePoint) -> Double {
    let distance = Double(point.step - point.steps(of: stepSize))
    return point.base / (1 + PortableMath.exponential(-gamma * distance))
  }

  package func neverReached(in length: TrainingLength) -> [NeverReached] {
    guard length.isOver(after: stepSize) else { return [] }
    return [
      NeverReached(
        field: Self.stepSize.declaration.name,
        what: "half of the change comes after \(stepSize.text)",
        time: stepSize)
    ]
  }
}
