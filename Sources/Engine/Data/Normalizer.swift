internal import CKernels

/// Turns pixels of 0…255 into a network's input.
struct Normalizer: Sendable {
  /// normalised = value · scale + offset, for each channel.
  private let scale: [Float]
  private let offset: [Float]

  /// - Parameters: of values in 0…1, for each channel.
  init(mean: [Float], deviation: [Float]) {
    scale = deviation.map { 1 / (255 * $0) }
    offset = zip(mean, deviation).map { -$0 / $1 }
  }

  /// The same bits as from a sample that was not changed, straight from its pixels.
  func apply(to raster: Raster, into target: UnsafeMutablePointer<Float>) {
    ck_normalize_pixels(
      raster.pixels, target, raster.size.area, Int32(raster.channels), scale, offset)
  }

  /// - Parameter target: `[C, H, W]`.
  func apply(to sample: Sample, into target: UnsafeMutablePointer<Float>) {
    ck_normalize(
      sample.image, target, sample.size.height * sample.size.width, Int32(sample.channels), scale,
      offset)
  }
}
