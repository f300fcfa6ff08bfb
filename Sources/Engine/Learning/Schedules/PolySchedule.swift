internal import Execution
package import Groundwork

/// min_lr + (base − min_lr) · (1 − step / steps)^power: Caffe's `poly` policy with MMSegmentation's
/// lowest rate; DeepLab and PSPNet train with a power of 0.9 (Chen et al. 2016; Zhao et al. 2017).
package struct PolySchedule: Schedule {
  package static let name = "poly"
  package static let about = "Lowers the learning rate to the end along a power curve."
  package static let fields = [power.declaration, lowest.declaration]
  package static let example = "schedule: {poly: {power: 0.9}}"

  package static let power = Field.number(
    "power", default: 0.9, Bounds(above: 0), "1 is a straight line; below it falls late.")
  package static let lowest = Field.lowestRate(default: 0).later

  private let power: Double
  private let lowest: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    power = values[Self.power]
    lowest = values[Self.lowest]
  }

  package func learningRate(at point: SchedulePoint) -> Double {
    guard point.step < point.steps else { return lowest }
    let left = 1 - Double(point.step) / Double(point.steps)
    return lowest + (point.base - lowest) * PortableMath.power(left, power)
  }

  package func check(base: Double) throws(ComponentError) {
    try checkFall(from: base, to: lowest)
  }
}
