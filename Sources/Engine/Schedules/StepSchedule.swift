/// base · γ^⌊step / stepsize⌋, Caffe's `step` policy.
public struct StepSchedule: Schedule {
  public static let name = "step"
  public static let about = "Multiplies the learning rate by gamma after every stepsize iterations."
  public static let fields = [stepSize.declaration, gamma.declaration]
  public static let example = "schedule: {step: {stepsize: 20000, gamma: 0.1}}"

  static let stepSize = Field.integer(
    "stepsize", 1...Int.max, unit: "iterations", "How long each rate is kept.")
  static let gamma = Field.number(
    "gamma", default: 0.1, Bounds(0...1), "What the rate is multiplied by.")

  private let stepSize: Int
  private let gamma: Double

  public init(_ values: FieldValues) throws(ComponentError) {
    stepSize = values[Self.stepSize]
    gamma = values[Self.gamma]
  }

  public func learningRate(base: Double, step: Int, of steps: Int) -> Double {
    base * PortableMath.power(gamma, step / stepSize)
  }
}
