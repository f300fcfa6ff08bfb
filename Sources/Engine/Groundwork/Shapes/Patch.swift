/// A part of an image.
package struct Patch: Sendable, Hashable, CustomStringConvertible {
  /// It may reach below and to the right of the image.
  package let size: Size
  package let top: Int
  package let left: Int
  /// Of the image, within the patch: what counts.
  package let rows: Range<Int>
  package let columns: Range<Int>

  package init(size: Size, top: Int, left: Int, rows: Range<Int>, columns: Range<Int>) {
    self.size = size
    self.top = top
    self.left = left
    self.rows = rows
    self.columns = columns
  }

  /// All of an image.
  package init(whole size: Size) {
    self.init(size: size, top: 0, left: 0, rows: 0..<size.height, columns: 0..<size.width)
  }

  /// Rows, then columns: `0:256, 128:384`.
  package var description: String {
    "\(top):\(top + size.height), \(left):\(left + size.width)"
  }
}
