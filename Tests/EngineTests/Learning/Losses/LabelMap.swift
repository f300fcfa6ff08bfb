@testable import Datasets
@testable import Groundwork

/// A label map of one image in patches, some of them ignored, and distances by trying all pixels.
struct LabelMap {
  let height: Int
  let width: Int
  let classes: Int
  private(set) var labels: [Label]

  init(_ height: Int, _ width: Int, classes: Int, patches: Int) {
    (self.height, self.width, self.classes) = (height, width, classes)
    labels = Array(repeating: 0, count: height * width)
    var random = RandomStream(seed: 1, purpose: .init("label map"))
    for _ in 0..<patches {
      let (top, left) = (random.below(height), random.below(width))
      let (bottom, right) = (top + 1 + random.below(9), left + 1 + random.below(9))
      let label = random.below(classes + 1)
      for y in top..<min(bottom, height) {
        for x in left..<min(right, width) {
          labels[y * width + x] = label == classes ? Labels.ignoreIndex : Label(label)
        }
      }
    }
  }

  static let samples = [
    LabelMap(1, 1, classes: 2, patches: 0), LabelMap(1, 40, classes: 3, patches: 3),
    LabelMap(37, 1, classes: 3, patches: 3), LabelMap(9, 11, classes: 5, patches: 40),
    LabelMap(23, 31, classes: 2, patches: 2), LabelMap(23, 31, classes: 4, patches: 15),
    LabelMap(24, 40, classes: 2, patches: 0), LabelMap(20, 14, classes: 2, patches: 60),
  ]

  /// Squared distance from a pixel to the nearest that is a source; `nil` where there is none.
  func squaredDistance(from pixel: Int, where isSource: (Int) -> Bool) -> Int? {
    let (y, x) = pixel.quotientAndRemainder(dividingBy: width)
    return labels.indices.filter(isSource).map {
      let (sourceY, sourceX) = $0.quotientAndRemainder(dividingBy: width)
      return (y - sourceY) * (y - sourceY) + (x - sourceX) * (x - sourceX)
    }.min()
  }

  /// The pixels of each object: 8-connected, of one label that is neither 0 nor ignored.
  var objects: [Set<Int>] {
    var rest = Set(labels.indices.filter { labels[$0] != 0 && labels[$0] != Labels.ignoreIndex })
    var objects: [Set<Int>] = []
    while let first = rest.popFirst() {
      var object: Set = [first]
      var front = [first]
      while let pixel = front.popLast() {
        let (y, x) = pixel.quotientAndRemainder(dividingBy: width)
        for nearY in max(y - 1, 0)...min(y + 1, height - 1) {
          for nearX in max(x - 1, 0)...min(x + 1, width - 1) {
            let near = nearY * width + nearX
            if labels[near] == labels[pixel], rest.remove(near) != nil {
              object.insert(near)
              front.append(near)
            }
          }
        }
      }
      objects.append(object)
    }
    return objects
  }
}
