internal import Groundwork

extension NetworkBuilder {
  /// The greatest value of each channel over the whole map, C × 1 × 1: what does not depend on the order of
  /// places. Windows of at most 256 values, one level above the other, give the same bits as one window.
  mutating func globalMaximum(_ name: String, _ input: Feature) -> Feature {
    var x = input
    var level = 0
    while shape(of: x).area > 1 {
      let extent = shape(of: x).extent
      var room = Self.mostOfWindow
      var sides = extent.extents
      for axis in sides.indices.reversed() {
        sides[axis] = min(sides[axis], room)
        room /= sides[axis]
      }
      let window = PoolingWindow(size: SpatialExtent(sides), roundsUp: true)
      x = maxPool("\(name).\(level)", x, window).maxima
      level += 1
    }
    return x
  }

  /// Positions of maxima are bytes.
  private static let mostOfWindow = 256

  /// What a whole map has in common, repeated at every place of another.
  mutating func repeated(_ name: String, _ input: Feature, like other: Feature) -> Feature {
    resize(name, input, to: .extent(shape(of: other).extent), interpolation: .nearest)
  }
}
