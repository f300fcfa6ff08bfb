/// A feature map of one image: C × H × W.
package struct FeatureShape: Sendable, Hashable, CustomStringConvertible {
  package var channels: Int
  package var height: Int
  package var width: Int

  package init(_ channels: Int, _ height: Int, _ width: Int) {
    (self.channels, self.height, self.width) = (channels, height, width)
  }

  package var description: String { "\(channels)×\(height)×\(width)" }
}
