package import Groundwork

/// base · (1 + γ · step)^(−power), Caffe's `inv` policy; its defaults are those of Caffe's LeNet.
package struct InverseSchedule: Schedule {
  package static let name = "inv"
  package static let about = "Lowers the learning rate by an inverse power of the iteration."
  package static let fields = [gamma.declaration, power.declaration]
  package static let example = "schedule: {inv: {gamma: 1e-4, power: 0.75}}"

  static let gamma = Field.number(
    "gamma", default: 1e-4, Bounds(atLeast: 0), "How soon the rate begins to fall.")
  package static let power = Field.number(
    "power", default: 0.75, Bounds(above: 0), "How fast it falls.")

  private let gamma: Double
  private let power: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    gamma = values[Self.gamma]
    power = values[Self.power]
  }

  package func learningRate(at point: SchedulePoint) -> Double {
    point.base * PortableMath.power(1 + gamma * Double(point.step), -power)
  }
}
