package import Groundwork

/// base · γ^⌊step / stepsize⌋, Caffe's `step` policy.
package struct StepSchedule: Schedule {
  package static let name = "step"
  package static let about = "Multiplies the learning rate by gamma after every stepsize."
  package static let fields = [stepSize.declaration, gamma.declaration]
  package static let example = "schedule: {step: {stepsize: 30 epochs, gamma: 0.1}}"

  static let stepSize = Field.interval("stepsize", "How long each rate is kept.")
  static let gamma = Field.number(
    "gamma", default: 0.1, Bounds(0...1), "What the rate is multiplied by.")

  private let stepSize: TrainingInterval
  private let gamma: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    stepSize = values[Self.stepSize]
    gamma = values[Self.gamma]
  }

  package func learningRate(at point: SchedulePoint) -> Double {
    point.base * PortableMath.power(gamma, point.step / point.steps(of: stepSize))
  }

  package func neverReached(in length: TrainingLength) -> [NeverReached] {
    guard length.isOver(after: stepSize) else { return [] }
    return [
      NeverReached(
        field: Self.stepSize.declaration.name,
        what: "the first change comes after \(stepSize.text)", time: stepSize)
    ]
  }
}
