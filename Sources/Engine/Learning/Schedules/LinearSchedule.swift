package import Groundwork

/// base · (1 + (end_factor − 1) · step / steps): a straight line over the whole training.
package struct LinearSchedule: Schedule {
  package static let name = "linear"
  package static let about = "Lowers the learning rate along a straight line."
  package static let fields = [endFactor.declaration]
  package static let example = "schedule: {linear: {end_factor: 0.01}}"

  static let endFactor = Field.number(
    "end_factor", default: 0, Bounds(0...1), "What is left of the rate at the end, as a part.")

  private let endFactor: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    endFactor = values[Self.endFactor]
  }

  package func learningRate(at point: SchedulePoint) -> Double {
    let done = min(1, Double(point.step) / Double(point.steps))
    return point.base * (1 - done + endFactor * done)
  }
}
