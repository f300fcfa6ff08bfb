internal import CKernels

/// A fingerprint of a tensor's bits, recorded at every evaluation, so that two runs can be compared without
/// keeping their weights and the first tensor that differs can be named.
package enum TensorDigest {
  /// Differs for any change of one value, −0 for 0 and one NaN for another included, and for values
  /// in another order; the same on every processor of the same byte order.
  package static func digest(_ values: UnsafeBufferPointer<Float>) -> UInt64 {
    ck_digest(values.baseAddress, values.count)
  }
}
