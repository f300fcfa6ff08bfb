/// How the weights of a convolution begin, given how many inputs each output sums up (the fan-in).
package enum WeightInitialization: Sendable, Hashable {
  /// N(0, √(2 / fan-in)): keeps the variance through a ReLU (He, Zhang, Ren & Sun 2015).
  case he
  /// Uniform of the same variance as `he`.
  case heUniform
  /// N(0, √(2 / fan-out)): keeps the variance of gradients through a ReLU.
  case heFanOut
  /// Uniform within ±√(6 / (fan-in + fan-out)) (Glorot & Bengio 2010).
  case glorotUniform
  /// N(0, √(2 / (fan-in + fan-out))): the same variance.
  case glorotNormal
  /// N(0, √(1 / fan-in)): keeps the variance where no ReLU follows (LeCun et al. 1998).
  case lecun
  /// Uniform within ±√(1 / fan-in), what Torch's convolutions begin with. A third of the variance
  /// of `lecun`; behind a batch norm smaller weights learn faster at the same rate.
  case torch
  /// Rows of the weight, seen as outputs × the rest, orthonormal and times √2, for a ReLU.
  case orthogonal
  case normal(deviation: Float)
  case zero
  /// Transposed convolutions begin as linear interpolation, others as `he`.
  case linear

  /// - Parameter shape: `[outputs, inputs of each, …kernel]`.
  package func initializer(convolution shape: [Int]) -> Initializer {
    let taps = shape.dropFirst(2).reduce(1, *)
    return initializer(fanIn: shape[1] * taps, fanOut: shape[0] * taps, rows: shape[0])
  }

  /// - Parameters:
  ///   - shape: `[inputs, outputs, …kernel]`.
  ///   - taps: how many values of the kernel reach one value of the output.
  package func initializer(transposed shape: [Int], taps: Int) -> Initializer {
    if self == .linear { return .linear(outputs: shape[1], extents: Array(shape.dropFirst(2))) }
    return initializer(fanIn: shape[0] * taps, fanOut: shape[1] * taps, rows: shape[0])
  }

  private func initializer(fanIn: Int, fanOut: Int, rows: Int) -> Initializer {
    func root(_ value: Float) -> Float { value.squareRoot() }
    return switch self {
    case .he, .linear: .normal(deviation: root(2 / Float(fanIn)))
    case .heUniform: .uniform(limit: root(6 / Float(fanIn)))
    case .heFanOut: .normal(deviation: root(2 / Float(fanOut)))
    case .glorotUniform: .uniform(limit: root(6 / Float(fanIn + fanOut)))
    case .glorotNormal: .normal(deviation: root(2 / Float(fanIn + fanOut)))
    case .lecun: .normal(deviation: root(1 / Float(fanIn)))
    case .torch: .uniform(limit: root(1 / Float(fanIn)))
    case .orthogonal: .orthogonal(rows: rows, gain: root(2))
    case .normal(let deviation): .normal(deviation: deviation)
    case .zero: .constant(0)
    }
  }
}

extension WeightInitialization {
  /// The names that a spec may write.
  package static let named: [(name: String, initialization: WeightInitialization)] = [
    ("he_normal", .he), ("he_uniform", .heUniform), ("glorot_normal", .glorotNormal),
    ("glorot_uniform", .glorotUniform), ("lecun_normal", .lecun), ("orthogonal", .orthogonal),
  ]

  /// One of them; `nil` for another name.
  package init?(named name: String) {
    guard let found = Self.named.first(where: { $0.name == name }) else { return nil }
    self = found.initialization
  }

  /// False where every value is given by its place.
  var isDrawn: Bool {
    switch self {
    case .zero, .linear: false
    default: true
    }
  }
}
