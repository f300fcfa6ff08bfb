@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Training

/// Planes of pixels as the definition of test-time augmentation says it, one pixel at a time and in
/// `Double`.
struct NaivePlanes {
  var count: Int
  var size: Size
  /// `[count, H, W]`.
  var values: [Double]

  init(_ count: Int, _ size: Size, _ values: [Double]) {
    (self.count, self.size, self.values) = (count, size, values)
  }

  init(_ count: Int, _ size: Size, value: (_ plane: Int, _ y: Int, _ x: Int) -> Double) {
    self.init(
      count, size,
      (0..<count).flatMap { plane in
        (0..<size.height).flatMap { y in (0..<size.width).map { value(plane, y, $0) } }
      })
  }

  subscript(plane: Int, y: Int, x: Int) -> Double {
    values[(plane * size.height + y) * size.width + x]
  }

  var floats: [Float] { values.map(Float.init) }

  /// The pixel of the image that the transformed image shows at (y, x).
  private func place(_ y: Int, _ x: Int, _ symmetry: SquareSymmetry) -> (y: Int, x: Int) {
    let (row, column) = symmetry.transposes ? (x, y) : (y, x)
    return (
      symmetry.reversesRows ? size.height - 1 - row : row,
      symmetry.reversesColumns ? size.width - 1 - column : column
    )
  }

  func transformed(by symmetry: SquareSymmetry) -> NaivePlanes {
    NaivePlanes(count, size) { plane, y, x in
      let (row, column) = place(y, x, symmetry)
      return self[plane, row, column]
    }
  }

  /// The image of which this is a transform.
  func broughtBack(from symmetry: SquareSymmetry) -> NaivePlanes {
    var image = self
    for plane in 0..<count {
      for y in 0..<size.height {
        for x in 0..<size.width {
          let (row, column) = place(y, x, symmetry)
          image.values[(plane * size.height + row) * size.width + column] = self[plane, y, x]
        }
      }
    }
    return image
  }

  /// Bilinear with half-pixel centres; where an axis shrinks, the triangle widens with it.
  func resized(to target: Size) -> NaivePlanes {
    func weights(_ index: Int, _ source: Int, _ target: Int) -> [Double] {
      let scale = Double(source) / Double(target)
      let centre = (Double(index) + 0.5) * scale - 0.5
      let raw = (0..<source).map { max(0, 1 - abs(Double($0) - centre) / max(1, scale)) }
      let sum = raw.reduce(0, +)
      return raw.map { $0 / sum }
    }
    let rows = (0..<target.height).map { weights($0, size.height, target.height) }
    let columns = (0..<target.width).map { weights($0, size.width, target.width) }
    return NaivePlanes(count, target) { plane, y, x in
      var sum = 0.0
      for (row, down) in rows[y].enumerated() where down > 0 {
        for (column, right) in columns[x].enumerated() where right > 0 {
          sum += down * right * self[plane, row, column]
        }
      }
      return sum
    }
  }

  /// Of images of so many classes each.
  func softmax(classes: Int) -> NaivePlanes {
    NaivePlanes(count, size) { plane, y, x in
      let image = plane / classes * classes
      let logits = (image..<image + classes).map { self[$0, y, x] }
      let greatest = logits.max()!
      return exp(self[plane, y, x] - greatest) / logits.reduce(0) { $0 + exp($1 - greatest) }
    }
  }

  static func mean(_ planes: [NaivePlanes]) -> NaivePlanes {
    NaivePlanes(planes[0].count, planes[0].size) { plane, y, x in
      planes.reduce(0) { $0 + $1[plane, y, x] } / Double(planes.count)
    }
  }
}
