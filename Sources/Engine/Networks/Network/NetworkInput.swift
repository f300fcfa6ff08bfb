package import Groundwork

/// What a network is built for: images of a height and a width, or features of another spatial rank.
package struct NetworkInput: Sendable, Hashable {
  package var channels: Int
  package var extent: SpatialExtent

  package init(channels: Int, extent: SpatialExtent) {
    self.channels = channels
    self.extent = extent
  }

  package init(channels: Int, size: Size) {
    self.init(channels: channels, extent: SpatialExtent(size))
  }

  /// The size of the images; the spatial rank must be 2.
  package var size: Size { extent.size }
}
