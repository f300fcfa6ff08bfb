internal import CKernels
internal import Groundwork

/// Mean-field inference in a fully connected conditional random field over the pixels of an image
/// (Krähenbühl & Koltun, NIPS 2011), on a permutohedral lattice (Adams, Baek & Davis, Eurographics
/// 2010).
///
/// Pixels i and j that are near each other, with positions p in pixels and colours I in 0...255, gain by
/// being of one class, in the measure of
///
///     bilateralWeight · exp(−|pᵢ − pⱼ|² / 2 bilateralDeviation² − |Iᵢ − Iⱼ|² / 2 colourDeviation²)
///     + gaussianWeight · exp(−|pᵢ − pⱼ|² / 2 gaussianDeviation²)
///
/// each kernel k normalized to k(i, j) / √(nᵢ nⱼ) with nᵢ = Σⱼ k(i, j) (Krähenbühl & Koltun, ICML 2013).
/// The sums hold j = i.
struct DenseCRFInference: Sendable, Hashable {
  /// At least 0; a kernel of weight 0 is left out.
  var bilateralWeight: Float = 10
  /// Pixels, at least 0.01.
  var bilateralDeviation: Float = 80
  /// Of 255, at least 0.01.
  var colourDeviation: Float = 13
  /// At least 0; a kernel of weight 0 is left out.
  var gaussianWeight: Float = 3
  /// Pixels, at least 0.01.
  var gaussianDeviation: Float = 3
  /// How often all pixels are updated, side by side.
  var iterations = 10

  /// The most channels that an image can have.
  static let maximumChannels = Int(CK_DENSE_CRF_MAX_CHANNELS)

  /// Replaces the probabilities of an image by those that the field gives its pixels: the same bits for
  /// any number of threads.
  ///
  /// - Parameters:
  ///   - probabilities: `[K, H, W]`; what is below 1e-5 counts as that. A NaN spreads to the pixels that
  ///     see it.
  ///   - image: `[H, W, channels]`.
  /// - Returns: false where memory does not suffice, the probabilities being what they were.
  func refine(
    _ probabilities: UnsafeMutablePointer<Float>, classes: Int, size: Size, image: [UInt8],
    channels: Int, threads: Int
  ) -> Bool {
    precondition(image.count == size.area * channels)
    return refine(
      probabilities, classes: classes, size: size, image: image.map(Float.init), channels: channels,
      threads: threads)
  }

  /// The same for channels of other kinds, scaled to 0...255.
  func refine(
    _ probabilities: UnsafeMutablePointer<Float>, classes: Int, size: Size,
    image: UnsafePointer<Float>, channels: Int, threads: Int
  ) -> Bool {
    precondition((1...Self.maximumChannels).contains(channels))
    precondition(size.area > 0 && max(size.height, size.width) <= 65535)
    let parameters = ck_dense_crf_parameters(
      bilateral_weight: bilateralWeight, bilateral_deviation: bilateralDeviation,
      colour_deviation: colourDeviation, gaussian_weight: gaussianWeight,
      gaussian_deviation: gaussianDeviation, iterations: Int32(iterations))
    let status = ck_dense_crf(
      probabilities, Int32(classes), Int32(size.height), Int32(size.width), image, Int32(channels),
      parameters, Int32(threads))
    return status == 0
  }
}
