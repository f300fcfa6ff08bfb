internal import Groundwork

/// How the levels of a network for volumes halve their maps: along height and width at every level,
/// along the depth at all but the finest ones that are flat.
///
/// Where voxels are deeper than wide, the finest levels see each slice by itself, until voxels of the
/// maps are about cubes (Lee, Zung, Li, Jain & Seung, "Superhuman Accuracy on the SNEMI3D Connectomics
/// Challenge", 2017, begin so; nnU-Net chooses its kernels by the same rule).
struct VolumeLevels: Sendable {
  /// How often height and width are halved.
  let depth: Int
  /// How many levels are flat, from the finest on.
  let flat: Int

  static let flat = Field.integer(
    "flat_levels", default: 0, 0...5,
    "At so many of the finest levels kernels and poolings are one slice deep: for voxels that are "
      + "deeper than wide.")

  static func depth(default fallback: Int) -> Field<Int> {
    .integer("depth", default: fallback, 1...5, "How often the resolution is halved.")
  }

  init(_ values: FieldValues, depth: Field<Int>) throws(ComponentError) {
    (self.depth, flat) = (values[depth], values[Self.flat])
    guard flat <= self.depth else {
      throw ComponentError(
        field: Self.flat.declaration.name,
        "\(flat) of \(self.depth) levels cannot be flat: use \(self.depth) at most, or more depth")
    }
  }

  /// A cube, or at a flat level a square.
  func kernel(_ side: Int, at level: Int) -> SpatialExtent {
    [level < flat ? 1 : side, side, side]
  }

  /// By which a level's maps are larger than those of the next coarser one.
  func halving(at level: Int) -> SpatialExtent { kernel(2, at: level) }

  /// What depth, height and width of an input must be multiples of.
  var multiple: SpatialExtent { [1 << (depth - flat), 1 << depth, 1 << depth] }
}
