internal import CKernels

/// How a parameter begins.
public enum Initializer: Sendable, Hashable {
  case constant(Float)
  /// N(0, √(gain / fanIn)). A gain of 2 keeps the variance through a ReLU (He, Zhang, Ren & Sun
  /// 2015), 1 through a linear layer.
  case normal(fanIn: Int, gain: Float)

  /// Fills the values; the draws depend on the seed and the parameter's name alone.
  func fill(_ values: UnsafeMutableBufferPointer<Float>, name: String, seed: UInt64) {
    switch self {
    case .constant(let value):
      values.update(repeating: value)
    case .normal(let fanIn, let gain):
      let deviation = (gain / Float(fanIn)).squareRoot()
      ck_random_normal(
        values.baseAddress, values.count, deviation, seed,
        RandomStream.Purpose("initializer:\(name)").code)
    }
  }
}
