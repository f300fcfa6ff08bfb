/// base · (1 − step / steps)^power, Caffe's `poly` policy; DeepLab and PSPNet train with a power
/// of 0.9 (Chen et al. 2016; Zhao et al. 2017).
public struct PolySchedule: Schedule {
  public static let name = "poly"
  public static let about = "Lowers the learning rate to zero at the end along a power curve."
  public static let fields = [power.declaration]
  public static let example = "schedule: {poly: {power: 0.9}}"

  static let power = Field.number(
    "power", default: 0.9, Bounds(above: 0), "1 is a straight line; below it falls late.")

  private let power: Double

  public init(_ values: FieldValues) throws(ComponentError) {
    power = values[Self.power]
  }

  public func learningRate(at point: SchedulePoint) -> Double {
    guard point.step < point.steps else { return 0 }
    return point.base * PortableMath.power(1 - Double(point.step) / Double(point.steps), power)
  }
}
