internal import CKernels
internal import Groundwork

/// How a parameter begins.
package enum Initializer: Sendable, Hashable {
  case constant(Float)
  case normal(deviation: Float)
  /// Between −limit and limit.
  case uniform(limit: Float)

  /// Fills the values; the draws depend on the seed and the parameter's name alone.
  package func fill(_ values: UnsafeMutableBufferPointer<Float>, name: String, seed: UInt64) {
    let purpose = RandomStream.Purpose("initializer:\(name)").code
    switch self {
    case .constant(let value):
      values.update(repeating: value)
    case .normal(let deviation):
      ck_random_normal(values.baseAddress, values.count, deviation, seed, purpose)
    case .uniform(let limit):
      ck_random_uniform(values.baseAddress, values.count, limit, seed, purpose)
    }
  }
}

/// How the weights of a convolution begin, given how many inputs each output sums up (the fan-in).
package enum WeightInitialization: Sendable, Hashable {
  /// N(0, √(2 / fan-in)): keeps the variance through a ReLU (He, Zhang, Ren & Sun 2015).
  case he
  /// N(0, √(1 / fan-in)): keeps the variance where no ReLU follows (LeCun et al. 1998).
  case lecun
  /// Uniform within ±√(1 / fan-in), what Torch's convolutions begin with. A third of the variance
  /// of `lecun`; behind a batch norm smaller weights learn faster at the same rate.
  case torch

  package func initializer(fanIn: Int) -> Initializer {
    let deviation = (1 / Float(fanIn)).squareRoot()
    return switch self {
    case .he: .normal(deviation: (2 / Float(fanIn)).squareRoot())
    case .lecun: .normal(deviation: deviation)
    case .torch: .uniform(limit: deviation)
    }
  }
}
