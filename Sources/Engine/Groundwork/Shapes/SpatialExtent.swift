/// The extents of a feature map, or of a window on it, along its spatial axes: width alone (rank 1),
/// height and width (rank 2), or depth, height and width (rank 3).
///
/// It also counts steps along these axes: the stride, padding and dilation of a window.
package struct SpatialExtent: Sendable, Hashable {
  /// How many spatial axes there are, 1 to 3.
  package let rank: Int
  /// The extent along the depth axis; 1 where the rank is below 3.
  package let depth: Int
  /// The extent along the height axis; 1 where the rank is 1.
  package let height: Int
  package let width: Int

  package init(depth: Int, height: Int, width: Int) {
    (rank, self.depth, self.height, self.width) = (3, depth, height, width)
  }

  package init(height: Int, width: Int) {
    (rank, depth, self.height, self.width) = (2, 1, height, width)
  }

  package init(width: Int) {
    (rank, depth, height, self.width) = (1, 1, 1, width)
  }

  /// - Parameter extent: gives the extent along each axis, the outermost of which is 0.
  package init(rank: Int, _ extent: (_ axis: Int) -> Int) {
    switch rank {
    case 1: self.init(width: extent(0))
    case 2: self.init(height: extent(0), width: extent(1))
    case 3: self.init(depth: extent(0), height: extent(1), width: extent(2))
    default: preconditionFailure("a spatial rank is 1, 2 or 3, not \(rank)")
    }
  }

  /// The same extent along every axis.
  package init(repeating extent: Int, rank: Int) { self.init(rank: rank) { _ in extent } }

  /// Extents of 1 to 3 axes, the outermost first.
  package init(_ extents: [Int]) { self.init(rank: extents.count) { extents[$0] } }

  /// The height and width of an image.
  package init(_ size: Size) { self.init(height: size.height, width: size.width) }
}

extension SpatialExtent {
  /// The extent along an axis, the outermost of which is 0.
  package subscript(axis: Int) -> Int {
    switch rank - axis {
    case 1: width
    case 2: height
    case 3: depth
    default: preconditionFailure("axis \(axis) of \(rank)")
    }
  }

  /// The extents, the outermost first.
  package var extents: [Int] { (0..<rank).map { self[$0] } }

  /// How many values a map or window of this extent has in one channel.
  package var count: Int { depth * height * width }

  /// The height and width of an image; the rank must be 2.
  package var size: Size {
    precondition(rank == 2, "\(self) is not the size of an image")
    return Size(height: height, width: width)
  }

  /// Each extent changed on its own.
  package func map(_ change: (Int) -> Int) -> SpatialExtent {
    SpatialExtent(rank: rank) { change(self[$0]) }
  }

  /// The same seen as one of rank 3.
  ///
  /// - Parameter extent: the extent along the axes that are added: 1 for a map, window, stride or
  ///   dilation, 0 for a padding.
  package func lifted(filling extent: Int) -> SpatialExtent {
    let missing = 3 - rank
    return SpatialExtent(rank: 3) { $0 < missing ? extent : self[$0 - missing] }
  }
}

extension SpatialExtent: ExpressibleByArrayLiteral {
  package init(arrayLiteral extents: Int...) { self.init(extents) }
}

extension SpatialExtent: CustomStringConvertible {
  /// `8×64×64`
  package var description: String { extents.map(String.init).joined(separator: "×") }
}
