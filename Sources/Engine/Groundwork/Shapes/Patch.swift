/// A part of an image.
package struct Patch: Sendable, Hashable, CustomStringConvertible {
  /// The size of the patch, which may reach below and to the right of the image.
  package let size: Size
  package let top: Int
  package let left: Int
  /// The rows of the image, counted from its top, that this patch counts for. They lie within the
  /// patch. `columns` are the same across.
  package let rows: Range<Int>
  package let columns: Range<Int>

  package init(size: Size, top: Int, left: Int, rows: Range<Int>, columns: Range<Int>) {
    self.size = size
    self.top = top
    self.left = left
    self.rows = rows
    self.columns = columns
  }

  /// The patch that is a whole image.
  package init(whole size: Size) {
    self.init(size: size, top: 0, left: 0, rows: 0..<size.height, columns: 0..<size.width)
  }

  /// Rows, then columns: `0:256, 128:384`.
  package var description: String {
    "\(top):\(top + size.height), \(left):\(left + size.width)"
  }
}
