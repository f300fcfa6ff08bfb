package import Groundwork

/// The base learning rate throughout.
package struct FixedSchedule: Schedule {
  package static let name = "fixed"
  package static let about = "Keeps the base learning rate throughout."
  package static let fields: [FieldDeclaration] = []
  package static let example = "schedule: fixed"

  package init(_ values: FieldValues) throws(ComponentError) {}

  package func learningRate(at point: SchedulePoint) -> Double { point.base }
}
