internal import CKernels
internal import Foundation
internal import Groundwork

/// Where each voxel of a warped volume comes from. Voxel centres lie at integers; of an image, which is a volume of one
/// slice, so do those of its pixels.
struct VolumeMap: Sendable {
  /// The rows of x, y and z of the source, each with the factors of the target's x, y, z and 1.
  let matrix: InlineArray<12, Double>

  /// Content that is turned about the centre of a volume of this extent, and enlarged.
  ///
  /// - Parameters:
  ///   - angles: in degrees, about the axes along the width, along the height and along the depth, the last
  ///     counter-clockwise as a slice is seen.
  ///   - depthSpacing: how far slices lie apart, in pixels of a slice.
  init(
    angles: (x: Double, y: Double, z: Double), scale: Double, depthSpacing: Double,
    about extent: SpatialExtent
  ) {
    func turn(_ degrees: Double) -> (cosine: Double, sine: Double) {
      (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
    }
    let (x, y, z) = (turn(angles.x), turn(angles.y), turn(angles.z))
    let aboutX = [1, 0, 0, 0, x.cosine, -x.sine, 0, x.sine, x.cosine]
    let aboutY = [y.cosine, 0, -y.sine, 0, 1, 0, y.sine, 0, y.cosine]
    let aboutZ = [z.cosine, -z.sine, 0, z.sine, z.cosine, 0, 0, 0, 1]
    let turned = Self.product(Self.product(aboutZ, aboutX), aboutY)
    let units = [1, 1, depthSpacing]
    let centre = [extent.width, extent.height, extent.depth].map { Double($0 - 1) / 2 }
    var matrix = InlineArray<12, Double>(repeating: 0)
    for row in 0..<3 {
      matrix[4 * row + 3] = centre[row]
      for column in 0..<3 {
        let factor = turned[3 * row + column] * units[column] / (units[row] * scale)
        matrix[4 * row + column] = factor
        matrix[4 * row + 3] -= factor * centre[column]
      }
    }
    self.matrix = matrix
  }

  /// Of two matrices of three rows, row by row.
  private static func product(_ left: [Double], _ right: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: 9)
    for row in 0..<3 {
      for column in 0..<3 {
        for inner in 0..<3 {
          result[3 * row + column] += left[3 * row + inner] * right[3 * inner + column]
        }
      }
    }
    return result
  }
}

/// The displacements of the points of a coarse grid, `[points][points][points]`: along the width and the height in
/// pixels, along the depth in slices.
struct VolumeGrid {
  /// Along each axis, the outermost at the edges.
  let points: Int
  let dx: UnsafeMutablePointer<Float>
  let dy: UnsafeMutablePointer<Float>
  let dz: UnsafeMutablePointer<Float>

  var count: Int { points * points * points }
}

extension Sample {
  /// The extent of an image, or of the volume whose slices lie one beneath the other.
  var volumeExtent: SpatialExtent { [depth, size.height / depth, size.width] }

  /// One resampling, trilinear: labels take the nearest voxel; what comes from outside a constant border has the
  /// sample's ``fill`` and is ignored.
  ///
  /// - Parameters:
  ///   - points: of the grid of displacements along each axis; 0 for none.
  ///   - fill: writes the displacements of the grid's points.
  mutating func warp(
    by map: VolumeMap, border: Border, grid points: Int, fill: (VolumeGrid) -> Void
  ) {
    let extent = volumeExtent, area = extent.height * extent.width
    let (cells, rest) = (points * points * points, points * (points + extent.width + 1))
    withScratch(floats: points > 0 ? 3 * (cells + area) + rest : 0) { sample, scratch, _ in
      let grid = scratch.baseAddress.map {
        VolumeGrid(points: points, dx: $0, dy: $0 + cells, dz: $0 + 2 * cells)
      }
      if let grid, points > 0 { fill(grid) }
      sample.redraw { old, image, labels in
        old.withVolumeSource(border) { source in
          for slice in 0..<extent.depth {
            var kernel = map.kernel
            if let grid, points > 0 {
              grid.interpolate(slice, of: extent, in: grid.dx + 3 * cells, &kernel)
            }
            ck_warp_slice(&source, &kernel, Int32(slice), &image, &labels)
          }
        }
      }
    }
  }

  private func withVolumeSource(_ border: Border, _ body: (inout ck_volume_source) -> Void) {
    let extent = volumeExtent
    image.withUnsafeBufferPointer { pixels in
      labels.withUnsafeBufferPointer { labels in
        fill.withUnsafeBufferPointer { fill in
          var source = ck_volume_source(
            image: pixels.baseAddress, labels: labels.baseAddress, channels: Int32(channels),
            planes: Int32(planes), d: Int32(extent.depth), h: Int32(extent.height),
            w: Int32(extent.width), border: border.code, fill: fill.baseAddress)
          body(&source)
        }
      }
    }
  }
}

extension VolumeMap {
  fileprivate var kernel: ck_volume_map {
    let m = matrix
    return ck_volume_map(
      matrix: (m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9], m[10], m[11]),
      dx: nil, dy: nil, dz: nil)
  }
}

extension VolumeGrid {
  /// Interpolates the displacements of a slice, and lets the map move by them.
  ///
  /// - Parameter memory: for three fields of a slice, and behind them for what the interpolation works in.
  fileprivate func interpolate(
    _ slice: Int, of extent: SpatialExtent, in memory: UnsafeMutablePointer<Float>,
    _ map: inout ck_volume_map
  ) {
    let area = extent.height * extent.width, plane = memory + 3 * area
    let count = Int32(points), (height, width) = (Int32(extent.height), Int32(extent.width))
    func field(_ grid: UnsafeMutablePointer<Float>, _ field: UnsafeMutablePointer<Float>)
      -> UnsafePointer<Float>
    {
      ck_grid_plane(grid, count, count, count, plane, Int32(slice), Int32(extent.depth))
      ck_grid_field(plane, count, count, field, height, width, plane + points * points)
      return UnsafePointer(field)
    }
    map.dx = field(dx, memory)
    map.dy = field(dy, memory + area)
    map.dz = field(dz, memory + 2 * area)
  }
}
