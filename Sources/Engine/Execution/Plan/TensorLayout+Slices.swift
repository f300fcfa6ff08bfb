internal import Groundwork

extension TensorLayout {
  /// The same values as maps of images: the slices of volumes one beneath the other, `[D · H, W]` in place of
  /// `[D, H, W]`. Whoever looks at each place by itself need not know of volumes.
  var ofStackedSlices: TensorLayout {
    guard shape.extent.rank == 3 else { return self }
    var layout = self
    layout.shape.extent = [shape.extent.depth * shape.height, shape.width]
    return layout
  }
}
