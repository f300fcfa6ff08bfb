/// base · γ^step, Caffe's `exp` policy.
public struct ExponentialSchedule: Schedule {
  public static let name = "exp"
  public static let about = "Multiplies the learning rate by gamma after every iteration."
  public static let fields = [gamma.declaration]
  public static let example = "schedule: {exp: {gamma: 0.9999}}"

  static let gamma = Field.number(
    "gamma", Bounds(0...1), "What the rate is multiplied by; 0.5^(1/n) halves it every n.")

  private let gamma: Double

  public init(_ values: FieldValues) throws(ComponentError) {
    gamma = values[Self.gamma]
  }

  public func learningRate(at point: SchedulePoint) -> Double {
    point.base * PortableMath.power(gamma, point.step)
  }
}
