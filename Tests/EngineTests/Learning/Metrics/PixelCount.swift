@testable import Groundwork
@testable import Learning
import Measurements

/// A metric that no list of the program knows: how many pixels are taken for a class that they are not.
struct PixelCount: CountMetric {
  static let name = "pixel_count"
  static let title = "wrong pixels"
  static let unit = "pixels"
  static let format = ValueFormat.count
  static let otherNames = ["px"]
  static let about = "Pixels that are taken for another class."
  static let isHigherBetter = false
  static let example = "evaluation: {metrics: [pixel_count]}"

  init(_ values: FieldValues) {}
  init() {}

  func classes(of counts: ClassCounts) -> [Double] {
    zip(counts.truth, counts.hits).map { $0 - $1 }
  }

  func value(of counts: ClassCounts, _ absentClasses: AbsentClasses) -> Double {
    classes(of: counts).reduce(0, +)
  }
}
