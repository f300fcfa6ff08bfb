package import Groundwork

/// A sample of the network's input size: ids turned into labels, pixels not yet normalised.
package struct LoadedSample: Sendable {
  package let raster: Raster
  /// `[P, H, W]`.
  package let labels: StoredLabels

  package init(raster: Raster, labels: StoredLabels) {
    self.raster = raster
    self.labels = labels
  }

  /// Bytes that a copy takes.
  func keptBytes(labelValues: Int) -> Int {
    raster.pixels.count + labels.count * StoredLabels.bytesPerLabel(values: labelValues)
  }

  /// The same in memory of its own, as small as it can be.
  ///
  /// - Parameter labelValues: every label is below it, or ignored.
  package func copy(labelValues: Int) -> LoadedSample {
    LoadedSample(
      raster: Raster(
        size: raster.size, channels: raster.channels, depth: raster.depth,
        pixels: raster.pixels.withUnsafeBufferPointer { Array($0) }),
      labels: StoredLabels(labels.labels, values: labelValues))
  }
}
