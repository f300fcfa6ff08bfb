@testable import Experiments
@testable import Groundwork
@testable import Learning

extension ImageSummary {
  /// A prediction whose every character is a pixel: `.` is class 0, a digit another class.
  static func drawn(_ name: String, _ text: String, classes: Int) -> ImageSummary {
    let rows = text.split(separator: "\n")
    let size = Size(height: rows.count, width: rows[0].count)
    let labels = rows.flatMap { row in row.map { Label($0.wholeNumberValue ?? 0) } }
    return ImageSummary(
      name: name, fileName: "\(name).png", labels: labels, size: size, hasPlanes: false,
      classes: classes,
      objects: ImageObject.all(in: labels, size: size, hasPlanes: false, isOutlined: true))
  }
}
