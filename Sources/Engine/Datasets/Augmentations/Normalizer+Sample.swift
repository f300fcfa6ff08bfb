internal import CKernels

extension Normalizer {
  /// Writes the values of a sample as the network takes them.
  ///
  /// - Parameter target: `[C, H, W]`.
  package func apply(to sample: Sample, into target: UnsafeMutablePointer<Float>) {
    ck_normalize(
      sample.image, target, sample.size.height * sample.size.width, Int32(sample.channels), scale,
      offset)
  }
}
