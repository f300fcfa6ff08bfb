package import Groundwork

/// Parts of one size that images are cut into, row by row, each a sample of its own.
///
/// They stand a stride apart; the last of a row or column ends where the image does. Where the
/// image is smaller than a patch, the rest of the patch shows it mirrored, and is ignored in the
/// labels.
package struct Patches: Sendable, Hashable {
  package var size: Size
  /// No larger than the size.
  package var stride: Size
  /// Patches of a smaller part of labelled pixels are not trained on; all validate.
  package var leastLabelled: Double
  /// Classes whose patches are drawn more often; empty where every patch comes once an epoch.
  package var balance: [ClassBalance]

  package init(
    size: Size, stride: Size? = nil, leastLabelled: Double = 0, balance: [ClassBalance] = []
  ) {
    self.size = size
    self.stride = stride ?? size
    self.leastLabelled = leastLabelled
    self.balance = balance
  }

  /// The patches of an image of this size.
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
