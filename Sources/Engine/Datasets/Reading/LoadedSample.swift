package import Groundwork

/// A sample of the network's input size: ids turned into labels, pixels not yet normalised.
package struct LoadedSample: Sendable {
  package let raster: Raster
  /// `[H, W]`.
  package let labels: [UInt8]

  package init(raster: Raster, labels: [UInt8]) {
    self.raster = raster
    self.labels = labels
  }

  package var bytes: Int { raster.pixels.count + labels.count }

  /// The same in memory of its own, as small as it can be.
  package var copy: LoadedSample {
    LoadedSample(
      raster: Raster(
        size: raster.size, channels: raster.channels, depth: raster.depth,
        pixels: raster.pixels.withUnsafeBufferPointer { Array($0) }),
      labels: labels.withUnsafeBufferPointer { Array($0) })
  }
}
