package import Groundwork

/// base · γⁿ with n the number of `stepvalue`s that are done, Caffe's `multistep` policy.
package struct MultistepSchedule: Schedule {
  package static let name = "multistep"
  package static let about = "Multiplies the learning rate by gamma at each of a list of times."
  package static let fields = [stepValues.declaration, gamma.declaration]
  package static let example =
    "schedule: {multistep: {stepvalue: [30 epochs, 60 epochs], gamma: 0.1}}"

  static let stepValues = Field.intervals("stepvalue", "When, from the beginning.")
  static let gamma = Field.number(
    "gamma", default: 0.1, Bounds(0...1), "What the rate is multiplied by.")

  private let stepValues: [TrainingInterval]
  private let gamma: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    stepValues = values[Self.stepValues]
    gamma = values[Self.gamma]
  }

  package func learningRate(at point: SchedulePoint) -> Double {
    let done = stepValues.count { point.steps(of: $0) <= point.step }
    return point.base * PortableMath.power(gamma, done)
  }

  package func neverReached(in length: TrainingLength) -> [NeverReached] {
    let late = stepValues.filter { length.isOver(after: $0) }
    guard let first = late.first else { return [] }
    let times = late.map(\.text).joined(separator: ", ")
    return [
      NeverReached(
        field: Self.stepValues.declaration.name,
        what: late.count == 1 ? "a change comes after \(times)" : "changes come after \(times)",
        time: first)
    ]
  }
}
