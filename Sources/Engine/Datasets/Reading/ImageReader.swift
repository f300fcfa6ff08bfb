package import Groundwork

/// Reads images without masks as a trained network sees them, in memory that one thread uses again.
package struct ImageReader: Sendable {
  /// How the training's images got their size.
  package let geometry: DataConfiguration.Geometry
  private let reader: SampleReader

  /// An image as the network sees it, not yet normalized.
  package struct Image: Sendable {
    package let raster: Raster
    /// As the files store it.
    package let originalSize: Size

    package init(raster: Raster, originalSize: Size) {
      (self.raster, self.originalSize) = (raster, originalSize)
    }
  }

  /// - Parameter configuration: how the training read its images. They are resized where it says so, and
  ///   never cut.
  package init(_ configuration: DataConfiguration) {
    geometry = configuration.geometry
    var configuration = configuration
    switch configuration.geometry {
    case .original, .resize: break
    case .crop, .patches: configuration.geometry = .original
    }
    reader = SampleReader(configuration)
  }

  /// - Throws: ``DataError`` with everything that is wrong with the files.
  package func read(_ sample: ListedSample) throws(DataError) -> Image {
    var buffers = SampleBuffers()
    return try read(sample, &buffers)
  }

  /// The same in memory that is used again.
  package func read(
    _ sample: ListedSample, _ buffers: inout SampleBuffers
  ) throws(DataError) -> Image {
    let (loaded, facts) = try reader.read(sample, &buffers)
    let raster = Raster(
      size: loaded.raster.size, channels: loaded.raster.channels, depth: loaded.raster.depth,
      pixels: loaded.raster.pixels.withUnsafeBufferPointer { Array($0) })
    return Image(raster: raster, originalSize: facts.originalSize)
  }
}
