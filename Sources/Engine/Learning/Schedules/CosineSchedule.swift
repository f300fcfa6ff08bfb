internal import Execution
package import Groundwork

/// min_lr + ½ (base − min_lr)(1 + cos(π · step / steps)) (Loshchilov & Hutter 2017), once over the
/// whole training; `sgdr` restarts.
package struct CosineSchedule: Schedule {
  package static let name = "cosine"
  package static let about = "Lowers the learning rate along half a cosine, gently at both ends."
  package static let fields = [lowest.declaration]
  package static let example = "schedule: {cosine: {min_lr: 1e-6}}"

  package static let lowest = Field.lowestRate(default: 0)

  private let lowest: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    lowest = values[Self.lowest]
  }

  package func learningRate(at point: SchedulePoint) -> Double {
    let done = min(1, Double(point.step) / Double(point.steps))
    return lowest + (point.base - lowest) * PortableMath.raisedCosine(done)
  }

  package func check(base: Double) throws(ComponentError) {
    try checkFall(from: base, to: lowest)
  }
}
