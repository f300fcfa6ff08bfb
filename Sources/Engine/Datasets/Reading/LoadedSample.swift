/// A sample of the network's input size: ids turned into labels, pixels not yet normalised.
struct LoadedSample: Sendable {
  let raster: Raster
  /// `[H, W]`.
  let labels: [UInt8]

  var bytes: Int { raster.pixels.count + labels.count }

  /// The same in memory of its own, as small as it can be.
  var copy: LoadedSample {
    LoadedSample(
      raster: Raster(
        size: raster.size, channels: raster.channels, depth: raster.depth,
        pixels: raster.pixels.withUnsafeBufferPointer { Array($0) }),
      labels: labels.withUnsafeBufferPointer { Array($0) })
  }
}
