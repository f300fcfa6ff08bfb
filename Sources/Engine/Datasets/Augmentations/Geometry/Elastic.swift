internal import CKernels
package import Groundwork

/// Smooth deformation: displacements are drawn on a coarse grid and interpolated bicubically
/// (Ronneberger, Fischer & Brox 2015).
package struct Elastic: Augmentation {
  package static let name = "elastic"
  package static let about =
    "Deforms smoothly by normal displacements on a coarse grid, as U-Net was trained."
  package static let fields = [
    deviation.declaration, grid.declaration, probability.declaration, border.declaration,
  ]
  package static let example = "elastic: {deviation: 10, grid: 3}"

  package static let deviation = Field.number(
    "deviation", default: 10, Bounds(0...500), unit: "pixels",
    "Standard deviation of the displacements, the same along both axes.")
  package static let grid = Field.integer(
    "grid", default: 3, 2...32, "Points along each axis, the outermost at the edges.")
  static let probability = Self.chance(1, "Probability of deforming a sample.")
  static let border = Border.field

  private let deviation: Double
  private let grid: Int
  private let probability: Double
  private let border: Border

  package init(_ values: FieldValues) {
    deviation = values[Self.deviation]
    grid = values[Self.grid]
    probability = values[Self.probability]
    border = Border(values)
  }

  /// - Parameter grid: gets dx and dy of each point, row by row, in pixels.
  /// - Returns: whether the sample is deformed at all.
  package func draw(
    _ random: inout RandomStream, dx: UnsafeMutablePointer<Float>,
    dy: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard random.chance(probability) else { return false }
    for point in 0..<grid * grid {
      let (x, y) = random.normals()
      (dx[point], dy[point]) = (Float(deviation * x), Float(deviation * y))
    }
    return true
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    var decision = random
    guard decision.chance(probability) else { return }
    let (points, width) = (grid * grid, sample.size.width)
    sample.displace(border: border, scratch: 2 * points + grid * (width + 1)) {
      size, dx, dy, scratch in
      let (gridX, gridY, rest) = (scratch, scratch + points, scratch + 2 * points)
      _ = draw(&random, dx: gridX, dy: gridY)
      let (count, height, width) = (Int32(grid), Int32(size.height), Int32(size.width))
      ck_grid_field(gridX, count, count, dx, height, width, rest)
      ck_grid_field(gridY, count, count, dy, height, width, rest)
    }
  }
}
