package import Groundwork

/// Windows that a pooling looks through: their size, how far they stand apart, what surrounds the map.
package struct PoolingWindow: Sendable, Hashable {
  package var size: SpatialExtent
  package var stride: SpatialExtent
  package var padding: SpatialExtent
  /// True where a last window that reaches beyond the map counts, as in Caffe, unless it would begin
  /// beyond the map and its padding; PyTorch's `ceil_mode`.
  package var roundsUp: Bool

  /// Where nothing else is said, windows lie side by side.
  package init(
    size: SpatialExtent, stride: SpatialExtent? = nil, padding: SpatialExtent? = nil,
    roundsUp: Bool = false
  ) {
    self.size = size
    self.stride = stride ?? size
    self.padding = padding ?? size.map { _ in 0 }
    self.roundsUp = roundsUp
  }

  /// How many windows there are along each axis of a map.
  package func count(on map: SpatialExtent) -> SpatialExtent {
    precondition(map.rank == size.rank, "windows of \(size) on \(map)")
    return SpatialExtent(rank: size.rank) { axis in
      precondition(padding[axis] < size[axis], "a padding of \(padding) for windows of \(size)")
      let room = map[axis] + 2 * padding[axis] - size[axis]
      guard room >= 0 || roundsUp else { return 0 }
      let steps = roundsUp ? (room + stride[axis] - 1) / stride[axis] : room / stride[axis]
      let isBeyond = roundsUp && steps * stride[axis] >= map[axis] + padding[axis]
      return steps + (isBeyond ? 0 : 1)
    }
  }

  /// Windows lie side by side from the map's first value on.
  package var tiles: Bool { stride == size && padding.extents.allSatisfy { $0 == 0 } }
}
