package import Groundwork

/// A feature map of one sample: C × W, C × H × W or C × D × H × W.
package struct FeatureShape: Sendable, Hashable, CustomStringConvertible {
  package var channels: Int
  package var extent: SpatialExtent

  package init(_ channels: Int, _ extent: SpatialExtent) {
    (self.channels, self.extent) = (channels, extent)
  }

  package init(_ channels: Int, _ height: Int, _ width: Int) {
    self.init(channels, SpatialExtent(height: height, width: width))
  }

  package var height: Int { extent.height }
  package var width: Int { extent.width }
  /// Values of one channel.
  package var area: Int { extent.count }
  package var description: String { "\(channels)×\(extent)" }
}
