package import Groundwork

extension SpatialExtent {
  /// The size of the image that the values of one channel are too: of a volume its slices one beneath the
  /// other. In memory the two are the same, so that whatever looks at each pixel by itself looks at both.
  package var stackedSize: Size { Size(height: depth * height, width: width) }

  /// Height and width of an image, or of each slice of a volume.
  package var sliceSize: Size { Size(height: height, width: width) }

  /// The same depth, where there is one, of slices of another size.
  package func resized(to size: Size) -> SpatialExtent {
    rank == 3
      ? SpatialExtent(depth: depth, height: size.height, width: size.width) : SpatialExtent(size)
  }
}
