@testable import Groundwork
@testable import Learning

/// Labels as text: `.` is class 0, a digit another class.
struct DrawnLabels {
  let labels: [Label]
  let size: Size

  init(_ text: String) {
    let rows = text.split(separator: "\n")
    labels = rows.flatMap { row in row.map { Label($0.wholeNumberValue ?? 0) } }
    size = Size(height: rows.count, width: rows[0].count)
  }

  init(_ labels: [Label], width: Int) {
    self.labels = labels
    size = Size(height: labels.count / width, width: width)
  }

  var objects: [ImageObject] {
    ImageObject.all(in: labels, size: size, hasPlanes: false, isOutlined: true)
  }

  /// True where a pixel is of the object, whose number is from 1.
  func mask(of object: Int) -> [Bool] {
    LabelledObjects(labels[...], size).map.map { $0 == Int32(object) }
  }
}

/// Every map of 3 × 3 pixels of one class; maps of several classes, larger and denser ones.
extension DrawnLabels {
  static let patterns = (0..<512).map { pattern in
    DrawnLabels((0..<9).map { Label(pattern >> $0 & 1) }, width: 3)
  }

  static let samples: [DrawnLabels] = {
    var random = RandomStream(seed: 3, purpose: .init("outlines"))
    let drawn = (0..<120).map { number in
      let (height, width) = (1 + random.below(13), 1 + random.below(13))
      return DrawnLabels(
        (0..<height * width).map { _ in
          let share = random.below(20)
          return share < 9 + number % 10 ? Label(1 + share % (1 + number % 3)) : 0
        }, width: width)
    }
    return drawn + LabelMap.samples.map { DrawnLabels($0.labels, width: $0.width) }
  }()
}
