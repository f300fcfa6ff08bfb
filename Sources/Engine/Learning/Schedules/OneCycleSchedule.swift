package import Groundwork

/// One rise to the base rate and one fall far below it (Smith & Topin 2018), in PyTorch's form with
/// cosines: from base / div_factor up to base over the first `pct_start` of the training, then down
/// to base / (div_factor · final_div_factor) at its last step.
package struct OneCycleSchedule: Schedule {
  package static let name = "one_cycle"
  package static let about =
    "Raises the learning rate to the base rate, then lowers it to almost 0."
  package static let fields = [
    rising.declaration, divisor.declaration, finalDivisor.declaration,
  ]
  package static let example = "schedule: {one_cycle: {pct_start: 0.3}}"

  static let rising = Field.number(
    "pct_start", default: 0.3, Bounds(0...1), "The part of the training in which the rate rises.")
  static let divisor = Field.number(
    "div_factor", default: 25, Bounds(atLeast: 1), "How much lower than base_lr it begins.")
  static let finalDivisor = Field.number(
    "final_div_factor", default: 1e4, Bounds(atLeast: 1), "How much lower than that it ends.")

  private let rising: Double
  private let divisor: Double
  private let finalDivisor: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    rising = values[Self.rising]
    divisor = values[Self.divisor]
    finalDivisor = values[Self.finalDivisor]
  }

  package func learningRate(at point: SchedulePoint) -> Double {
    let first = point.base / divisor
    let last = first / finalDivisor
    let step = Double(point.step)
    let top = rising * Double(point.steps) - 1
    let end = Double(point.steps - 1)
    if step < top {
      return point.base + (first - point.base) * PortableMath.raisedCosine(step / top)
    }
    let fallen = end > max(top, 0) ? min(1, (step - max(top, 0)) / (end - max(top, 0))) : 1
    return last + (point.base - last) * PortableMath.raisedCosine(fallen)
  }

  package func neverReached(in length: TrainingLength) -> [NeverReached] {
    guard rising == 1, length.steps > 1 else { return [] }
    return [
      NeverReached(
        field: Self.rising.declaration.name,
        what: "the rise takes the whole training, which leaves no step for the fall",
        time: nil)
    ]
  }
}
