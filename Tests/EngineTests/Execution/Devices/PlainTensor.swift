@testable import Groundwork

/// A tensor in the order `[N][C][D][H][W]`, in double: what the naive loops compute with. Of a lower
/// rank, D (or D and H) is 1.
struct PlainTensor: Sendable {
  let shape: Shape
  var values: [Double]

  init(_ shape: Shape, values: [Double]) {
    precondition(values.count == shape.count)
    self.shape = shape
    self.values = values
  }

  init(_ shape: Shape, repeating value: Double = 0) {
    self.init(shape, values: Array(repeating: value, count: shape.count))
  }

  /// The rows of all slices, one behind the other.
  var rows: Int { shape.extent.depth * shape.height }

  func index(_ n: Int, _ c: Int, _ y: Int, _ x: Int) -> Int {
    ((n * shape.channels + c) * rows + y) * shape.width + x
  }

  func index(_ n: Int, _ c: Int, _ z: Int, _ y: Int, _ x: Int) -> Int {
    index(n, c, z * shape.height + y, x)
  }

  subscript(_ n: Int, _ c: Int, _ y: Int, _ x: Int) -> Double {
    get { values[index(n, c, y, x)] }
    set { values[index(n, c, y, x)] = newValue }
  }

  subscript(_ n: Int, _ c: Int, _ z: Int, _ y: Int, _ x: Int) -> Double {
    get { values[index(n, c, z, y, x)] }
    set { values[index(n, c, z, y, x)] = newValue }
  }
}

extension TensorLayout {
  /// Where the values of a plain tensor lie, in its order.
  var places: [Int] {
    var places: [Int] = []
    places.reserveCapacity(shape.count)
    for n in 0..<shape.batch {
      for c in 0..<shape.channels {
        let start = n * stride + c / block * shape.area * block + c % block
        places.append(
          contentsOf: Swift.stride(from: start, to: start + shape.area * block, by: block))
      }
    }
    return places
  }

  /// Where the padding lies.
  var padding: [Int] {
    let used = shape.channels - (blocks - 1) * block
    guard used < block else { return [] }
    return (0..<shape.batch).flatMap { n in
      let start = n * stride + (blocks - 1) * shape.area * block
      return (0..<shape.area).flatMap { pixel in
        start + pixel * block + used..<start + (pixel + 1) * block
      }
    }
  }

  /// Where other channels of the wider tensor lie.
  var gaps: [Int] {
    (0..<shape.batch).flatMap { n in n * stride + sampleElements..<(n + 1) * stride }
  }
}
