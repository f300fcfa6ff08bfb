package import Groundwork

/// Turned about all three axes of a volume, scaled and deformed in one resampling, as nnU-Net's spatial transform does;
/// images are turned in their plane.
///
/// Other augmentations move the slices of a volume alike. Where voxels are much deeper than wide, that is the better
/// choice (nnU-Net's rule): interpolation between distant slices invents what it shows.
package struct SpatialTransform: Augmentation {
  package static let name = "spatial_transform"
  package static let about =
    "Turns a volume about three axes, scales and deforms it in one resampling, as nnU-Net does."
  package static let definition =
    "The image is interpolated linearly along all axes, labels take the nearest voxel. Angles, factor and "
    + "displacements are independent draws."
  package static let fields = [
    degrees.declaration, tilt.declaration, scale.declaration, deviation.declaration,
    grid.declaration, depthSpacing.declaration, probability.declaration, border.declaration,
  ]
  package static let example = "spatial_transform: {degrees: 30, tilt: 30, scale: [0.7, 1.4]}"

  static let degrees = Field.number(
    "degrees", default: 30, Bounds(0...180), unit: "degrees",
    "The largest angle within slices, either way; angles are uniform.")
  static let tilt = Field.number(
    "tilt", default: 0, Bounds(0...180), unit: "degrees",
    "The largest angle about the axes along height and width, either way; 0 for images.")
  static let scale = Field<ClosedRange<Double>>.range(
    "scale", default: 0.7...1.4, Bounds(0.05...20), "The factors, the same along all axes; uniform."
  )
  static let deviation = Field.number(
    "deviation", default: 0, Bounds(0...500), unit: "pixels",
    "Standard deviation of the displacements of a coarse grid, the same along all axes; 0 for none."
  )
  static let grid = Field.integer(
    "grid", default: 3, 2...16, "Points of the grid along each axis, the outermost at the edges.")
  static let depthSpacing = Field.number(
    "depth_spacing", default: 1, Bounds(0.01...100), unit: "pixels",
    "How far slices lie apart, in pixels of a slice: 10 for voxels of 50 nm × 5 nm × 5 nm.")
  static let probability = Self.chance(0.2, "Probability of changing a sample.")
  static let border = Border.field

  private let degrees: Double
  private let tilt: Double
  private let scale: ClosedRange<Double>
  private let deviation: Double
  private let grid: Int
  private let depthSpacing: Double
  private let probability: Double
  private let border: Border

  package init(_ values: FieldValues) {
    degrees = values[Self.degrees]
    tilt = values[Self.tilt]
    scale = values[Self.scale]
    deviation = values[Self.deviation]
    grid = values[Self.grid]
    depthSpacing = values[Self.depthSpacing]
    probability = values[Self.probability]
    border = Border(values)
  }

  package func check(spatialRank: Int) throws(ComponentError) {
    guard spatialRank < 3, tilt > 0 else { return }
    throw ComponentError(
      field: Self.tilt.declaration.name,
      "images are turned in their plane alone: leave it out, or write three numbers in data.patches.size"
    )
  }

  /// How a sample is turned and scaled; `nil` where it stays as it is.
  func draw(
    _ random: inout RandomStream
  ) -> (angles: (x: Double, y: Double, z: Double), scale: Double)? {
    guard random.chance(probability) else { return nil }
    let z = random.either(degrees), x = random.either(tilt), y = random.either(tilt)
    return ((x, y, z), random.uniform(in: scale))
  }

  /// The displacements, drawn behind that: of an image none along the depth.
  func draw(_ random: inout RandomStream, _ grid: VolumeGrid, isVolume: Bool) {
    for point in 0..<grid.count {
      let (right, down) = random.normals()
      (grid.dx[point], grid.dy[point]) = (Float(deviation * right), Float(deviation * down))
      grid.dz[point] = isVolume ? Float(deviation / depthSpacing * random.normals().0) : 0
    }
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    change(&sample, &random, isVolume: false)
  }

  package func apply(toVolume sample: inout Sample, random: inout RandomStream) {
    change(&sample, &random, isVolume: true)
  }

  private func change(_ sample: inout Sample, _ random: inout RandomStream, isVolume: Bool) {
    guard let (angles, scale) = draw(&random) else { return }
    let map = VolumeMap(
      angles: angles, scale: scale, depthSpacing: depthSpacing, about: sample.volumeExtent)
    sample.warp(by: map, border: border, grid: deviation > 0 ? grid : 0) {
      draw(&random, $0, isVolume: isVolume)
    }
  }
}
