/// The arithmetic of shapes that a file claims.
enum Extent {
  /// No network has tensors of more axes.
  static let maximumRank = 8

  /// The number of elements of a shape.
  ///
  /// - Throws: where a size is negative, or the product is beyond all memory.
  static func count(of shape: [Int]) throws(Refusal) -> Int {
    guard shape.count <= maximumRank else {
      throw Refusal.damaged("a tensor in it has \(shape.count) axes")
    }
    var count = 1
    for size in shape {
      guard size >= 0 else { throw Refusal.damaged("a tensor in it has the shape \(shape)") }
      // A zero must not hide that the product of some axes is beyond all memory.
      count = try multiply(count, max(1, size))
    }
    return shape.contains(0) ? 0 : count
  }

  static func multiply(_ one: Int, _ other: Int) throws(Refusal) -> Int {
    let (product, overflows) = one.multipliedReportingOverflow(by: other)
    guard !overflows else { throw Refusal.damaged("a size in it is beyond all memory") }
    return product
  }

  static func add(_ one: Int, _ other: Int) throws(Refusal) -> Int {
    let (sum, overflows) = one.addingReportingOverflow(other)
    guard !overflows else { throw Refusal.damaged("a size in it is beyond all memory") }
    return sum
  }

  /// The strides of a shape in row-major order, whose ``count(of:)`` has been checked.
  static func strides(of shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] &* max(1, shape[axis + 1])
    }
    return strides
  }
}
