/// How far the centres of neighbouring pixels are apart.
package struct PixelSpacing: Sendable, Hashable {
  /// From row to row and from column to column, above 0.
  package let height: Double
  package let width: Double

  package init(height: Double, width: Double) { (self.height, self.width) = (height, width) }

  /// Distances are counted in pixels.
  package static let pixels = PixelSpacing(height: 1, width: 1)

  /// The diagonal of an image of so many rows and columns.
  func diagonal(height rows: Int, width columns: Int) -> Double {
    let (down, across) = (height * Double(rows), width * Double(columns))
    return (down * down + across * across).squareRoot()
  }
}
