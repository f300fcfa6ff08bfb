/// The positions at which trials are compared: the smallest, and each later one a multiple of the one
/// before.
package struct Rungs: Sendable, Hashable {
  package let smallest: Double
  /// At least 2: one of so many goes on.
  package let factor: Int

  /// - Precondition: `smallest` is above 0 and `factor` at least 2.
  package init(smallest: Double, factor: Int) {
    precondition(smallest > 0 && factor >= 2, "rungs grow")
    (self.smallest, self.factor) = (smallest, factor)
  }

  /// Those below an end, in order.
  package func positions(below end: Double) -> [Double] {
    var positions: [Double] = []
    var next = smallest
    while next < end {
      positions.append(next)
      next *= Double(factor)
    }
    return positions
  }

  /// The largest power of the factor by which an end exceeds the smallest, by multiplying: a quotient of
  /// logarithms falls short of whole numbers, as of 243 and 3.
  func levels(upTo end: Double) -> Int {
    var levels = 0
    var next = smallest * Double(factor)
    while next <= end {
      levels += 1
      next *= Double(factor)
    }
    return levels
  }

  /// How many of those that reached a rung go on.
  func kept(of count: Int) -> Int { max(1, count / factor) }

  /// True where one of them lies between the last two positions, or at the last.
  func isReached(by positions: [Double]) -> Bool {
    guard let last = positions.last else { return false }
    let before = positions.dropLast().last ?? 0
    return self.positions(below: last.nextUp).contains { $0 > before }
  }
}

/// What a point was compared by, from the best to the worst: values that are no numbers are the worst, and
/// of equals the earlier one is better.
struct RungKey: Comparable {
  let value: Double
  let index: Int

  init(_ value: Double, _ index: Int) {
    (self.value, self.index) = (value.isNaN ? .infinity : value, index)
  }

  static func < (left: RungKey, right: RungKey) -> Bool {
    left.value == right.value ? left.index < right.index : left.value < right.value
  }
}
