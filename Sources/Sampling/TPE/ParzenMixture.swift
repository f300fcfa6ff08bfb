/// A density over some dimensions: a weighted sum of kernels, each a product over the dimensions.
struct ParzenMixture {
  let weights: [Double]
  private let logWeights: [Double]
  private let kernels: [ParzenKernels]

  /// - Parameters:
  ///   - dimensions: those that are modelled together.
  ///   - observations: a value for each of them, in the order of trials.
  ///   - narrowest: see ``ParzenKernels/widths(_:_:_:narrowest:)``.
  init(_ dimensions: [SearchDimension], _ observations: [[Double]], narrowest: Double) {
    let raw = Self.weights(observations.count) + [1]
    let sum = raw.reduce(0, +)
    weights = raw.map { $0 / sum }
    logWeights = weights.map(ExactMath.log)
    kernels = dimensions.enumerated().map { position, dimension in
      ParzenKernels(dimension, observations.map { $0[position] }, narrowest: narrowest)
    }
  }

  /// Old trials count less once there are more than 25.
  static func weights(_ count: Int) -> [Double] {
    guard count > 25 else { return [Double](repeating: 1, count: count) }
    let (old, first) = (count - 25, 1 / Double(count))
    let ramp = (0..<old).map {
      old == 1 ? first : first + (1 - first) * Double($0) / Double(old - 1)
    }
    return ramp + [Double](repeating: 1, count: 25)
  }

  func logDensity(at values: [Double]) -> Double {
    var sums = logWeights
    for (kernels, value) in zip(kernels, values) {
      for (index, density) in kernels.logDensities(at: value).enumerated() {
        sums[index] += density
      }
    }
    return ExactMath.logSumExp(sums)
  }

  /// A draw: one kernel for all dimensions, then each dimension by itself.
  func draw(choosing choice: SamplingStream, drawing stream: SamplingStream) -> [Double] {
    let kernel = ParzenKernels.first(of: weights, above: choice.uniform(0))
    return kernels.enumerated().map { position, kernels in
      kernels.value(of: kernel, at: stream.openUniform(2 * position))
    }
  }
}
