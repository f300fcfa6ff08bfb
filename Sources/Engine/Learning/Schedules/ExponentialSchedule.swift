package import Groundwork

/// base · γ^step, Caffe's `exp` policy.
package struct ExponentialSchedule: Schedule {
  package static let name = "exp"
  package static let about = "Multiplies the learning rate by gamma after every iteration."
  package static let fields = [gamma.declaration]
  package static let example = "schedule: {exp: {gamma: 0.9999}}"

  static let gamma = Field.number(
    "gamma", Bounds(0...1), "What the rate is multiplied by; 0.5^(1/n) halves it every n.")

  private let gamma: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    gamma = values[Self.gamma]
  }

  package func learningRate(at point: SchedulePoint) -> Double {
    point.base * PortableMath.power(gamma, point.step)
  }
}
