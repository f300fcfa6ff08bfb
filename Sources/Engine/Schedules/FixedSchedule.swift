/// The base learning rate throughout.
public struct FixedSchedule: Schedule {
  public static let name = "fixed"
  public static let about = "Keeps the base learning rate throughout."
  public static let fields: [FieldDeclaration] = []
  public static let example = "schedule: fixed"

  public init(_ values: FieldValues) throws(ComponentError) {}

  public func learningRate(at point: SchedulePoint) -> Double { point.base }
}
