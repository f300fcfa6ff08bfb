package import Groundwork

/// Turns images into a network's input.
package struct Normalizer: Sendable {
  /// What the samples of images mean.
  package let pixels: PixelScale
  /// The mean and the standard deviation of values in 0…1, for each channel:
  /// normalized = (value − mean) / deviation.
  package let mean: [Double]
  package let deviation: [Double]
  /// For each channel, of 0…255: what augmentations show beyond a sample, which is what becomes 0, or
  /// where nothing is subtracted the mean of the data set, so that borders are no edges.
  package var fill: [Float] { fillsWithMean ? pixels.fill : zero }
  package let fillsWithMean: Bool
  /// normalised = value of 0…255 · scale + offset, for each channel.
  package let scale: [Float]
  package let offset: [Float]

  /// - Parameters:
  ///   - mean: the mean of values in 0…1, for each channel.
  ///   - deviation: the standard deviation of values in 0…1, for each channel.
  ///   - pixels: what the samples of images mean.
  ///   - fillsWithMean: whether augmentations show the mean of the data set beyond a sample, rather
  ///     than what is normalized to 0.
  package init(
    mean: [Double], deviation: [Double], of pixels: PixelScale, fillsWithMean: Bool = false
  ) {
    self.fillsWithMean = fillsWithMean
    (self.mean, self.deviation, self.pixels) = (mean, deviation, pixels)
    guard pixels.depth != .bits8 else {
      scale = deviation.map { 1 / (255 * Float($0)) }
      offset = zip(mean, deviation).map { -Float($0) / Float($1) }
      return
    }
    scale = deviation.indices.map { channel in
      Float(
        pixels.span[channel].width / 255 / (pixels.unit[channel].width * deviation[channel]))
    }
    offset = deviation.indices.map { channel in
      let unit = pixels.unit[channel]
      let black = (pixels.span[channel].lower - unit.lower) / unit.width
      return Float((black - mean[channel]) / deviation[channel])
    }
  }

  /// The normalizer of images of 8 bits.
  package init(mean: [Float], deviation: [Float]) {
    self.init(
      mean: mean.map { Double($0) }, deviation: deviation.map { Double($0) },
      of: PixelScale(bytesOfChannels: mean.count))
  }

  /// For each channel, of 0…255: what is normalised to 0.
  var zero: [Float] {
    guard pixels.depth != .bits8 else { return mean.map { Float($0) * 255 } }
    return mean.indices.map { channel in
      let unit = pixels.unit[channel]
      let sample = unit.lower + mean[channel] * unit.width
      return Float((sample - pixels.span[channel].lower) * 255 / pixels.span[channel].width)
    }
  }

  /// The same bits as from a sample that was not changed, straight from its pixels.
  package func apply(to raster: Raster, into target: UnsafeMutablePointer<Float>) {
    pixels.normalize(raster, into: target, scale: scale, offset: offset)
  }
}
