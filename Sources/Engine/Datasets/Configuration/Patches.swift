package import Groundwork

/// Parts of one extent that images or volumes are cut into, slices by slices and row by row, each a sample
/// of its own.
///
/// They stand a stride apart; the last of a row or column ends where the image does. Where the
/// image is smaller than a patch, the rest of the patch shows it mirrored, and is ignored in the
/// labels; so it is where a volume has fewer slices than a patch.
package struct Patches: Sendable, Hashable {
  /// Height and width, and before them the depth where patches are of volumes, in slices.
  package var extent: SpatialExtent
  /// From one patch to the next, along the same axes; no larger than the extent.
  package var steps: SpatialExtent
  /// Patches of a smaller part of labelled pixels are not trained on; all validate.
  package var leastLabelled: Double
  /// Classes whose patches are drawn more often; empty where every patch comes once an epoch.
  package var balance: [ClassBalance]

  package init(
    extent: SpatialExtent, steps: SpatialExtent? = nil, leastLabelled: Double = 0,
    balance: [ClassBalance] = []
  ) {
    self.extent = extent
    self.steps = steps ?? extent
    self.leastLabelled = leastLabelled
    self.balance = balance
  }

  /// Patches of images.
  package init(
    size: Size, stride: Size? = nil, leastLabelled: Double = 0, balance: [ClassBalance] = []
  ) {
    self.init(
      extent: SpatialExtent(size), steps: stride.map { SpatialExtent($0) },
      leastLabelled: leastLabelled, balance: balance)
  }

  /// Height and width.
  package var size: Size { extent.sliceSize }
  package var stride: Size { steps.sliceSize }
  /// True where patches are of volumes.
  package var haveDepth: Bool { extent.rank == 3 }

  /// The patches of an image of this size, or of the slices of a volume.
  ///
  /// - Parameter sharesOut: lets every pixel of the image count in one patch alone, which of those
  ///   that show it has it furthest from the edge: so that the whole image is measured once, each
  ///   pixel with as much around it as there is (the overlapping tiles of Ronneberger, Fischer &
  ///   Brox, MICCAI 2015).
  package func patches(of image: Size, sharesOut: Bool) -> [Patch] {
    let rows = Self.ranges(of: image.height, size: size.height, stride: stride.height)
    let columns = Self.ranges(of: image.width, size: size.width, stride: stride.width)
    return rows.flatMap { row in
      columns.map { column in
        Patch(
          size: size, top: row.start, left: column.start,
          rows: sharesOut ? row.own : row.start..<min(row.start + size.height, image.height),
          columns: sharesOut
            ? column.own : column.start..<min(column.start + size.width, image.width))
      }
    }
  }

  /// The slices that patches of a volume have, from the first on; of an image the one.
  ///
  /// - Parameter slices: how many there are; where they are fewer than a patch has there is one slab.
  package func slabs(of slices: Int) -> [Range<Int>] {
    Self.ranges(of: slices, size: extent.depth, stride: steps.depth)
      .map { $0.start..<min(slices, $0.start + extent.depth) }
  }

  /// The slice at each place of a patch, where they are fewer mirrored at the last.
  package func places(in slab: Range<Int>) -> [Int] {
    let last = max(1, slab.count - 1)
    return (0..<extent.depth).map { place in
      guard place >= slab.count else { return slab.lowerBound + place }
      let (turn, rest) = place.quotientAndRemainder(dividingBy: last)
      return slab.lowerBound + (slab.count == 1 ? 0 : turn.isMultiple(of: 2) ? rest : last - rest)
    }
  }

  /// Along one axis: where patches start, and what is nearer to the middle of each than of the
  /// others.
  private static func ranges(
    of extent: Int, size: Int, stride: Int
  ) -> [(start: Int, own: Range<Int>)] {
    let steps = max(0, (extent - size + stride - 1) / stride)
    let starts = (0...steps).map { max(0, min($0 * stride, extent - size)) }
    return starts.enumerated().map { index, start in
      let lower = index == 0 ? 0 : (starts[index - 1] + size + start) / 2
      let upper = index == steps ? extent : (start + size + starts[index + 1]) / 2
      return (start, lower..<upper)
    }
  }
}
