internal import Groundwork

/// Memory in which the slices of a patch of a volume are put one beneath the other.
struct SliceStack {
  private(set) var raster = Raster()
  private var labels = LabelPlanes()
  private var depth = 0
  private var count = 0

  mutating func begin(_ depth: Int) { (self.depth, count) = (depth, 0) }

  /// - Parameters:
  ///   - slice: `[H, W, C]`, which goes to its place in `[D, H, W, C]`.
  ///   - mask: `[P, H, W]`, which goes to `[P, D, H, W]`.
  /// - Throws: ``ImageError`` where the slice is of another depth than the first.
  mutating func add(_ slice: Raster, _ mask: LabelPlanes) throws(ImageError) {
    let extent = SpatialExtent(depth: depth, height: slice.size.height, width: slice.size.width)
    if count == 0 {
      raster.reshape(extent.stackedSize, channels: slice.channels, depth: slice.depth)
      labels.reshape(extent.stackedSize, planes: mask.planes)
    }
    guard slice.depth == raster.depth else {
      throw ImageError(
        "is \(slice.depth.description), the first slice \(raster.depth.description): the slices of a "
          + "volume are of one depth")
    }
    let (bytes, area) = (slice.pixels.count, slice.size.area)
    raster.pixels.replace(count * bytes, by: slice.pixels, 0..<bytes)
    for plane in 0..<mask.planes {
      let place = (plane * depth + count) * area
      labels.labels.replace(place, by: mask.labels, plane * area..<(plane + 1) * area)
    }
    count += 1
  }

  /// Exchanges the labels `[P, D, H, W]` for memory that is used again.
  mutating func takeLabels(_ other: inout LabelPlanes) { swap(&labels, &other) }
}
