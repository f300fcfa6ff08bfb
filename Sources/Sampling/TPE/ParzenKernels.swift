/// The kernels of one dimension: one for each observation, and a last one for what is known before
/// any, which covers the whole dimension.
enum ParzenKernels {
  /// Gaussians truncated to the dimension's bounds, on its scale.
  case numeric(Gaussians)
  /// The probabilities of the choices, a row for each kernel.
  case choice(rows: [[Double]])

  struct Gaussians {
    let dimension: SearchDimension
    let means: [Double]
    let widths: [Double]
    /// ln of the mass that each kernel has within the bounds.
    let logMasses: [Double]
  }

  /// - Parameters:
  ///   - observations: values of the dimension in the order of trials.
  ///   - narrowest: see ``widths(_:_:_:narrowest:)``.
  init(_ dimension: SearchDimension, _ observations: [Double], narrowest: Double) {
    guard !dimension.isChoice else {
      self = .choice(rows: Self.rows(dimension.count ?? 1, observations.map { Int($0) }))
      return
    }
    let (lower, upper) = dimension.bounds
    let scaled = observations.map(dimension.scaled)
    let means = scaled + [(lower + upper) / 2]
    let widths = Self.widths(scaled, lower, upper, narrowest: narrowest) + [upper - lower]
    self = .numeric(
      Gaussians(
        dimension: dimension, means: means, widths: widths,
        logMasses: zip(means, widths).map {
          NormalDistribution.logMass((lower - $0) / $1, (upper - $0) / $1)
        }))
  }

  /// Each observed choice keeps most of its kernel; the others share what the number of observations
  /// leaves them.
  private static func rows(_ count: Int, _ observations: [Int]) -> [[Double]] {
    let share = 1 / Double(observations.count + 1)
    let sum = 1 + Double(count) * share
    let rows = observations.map { observed in
      (0..<count).map { ($0 == observed ? 1 + share : share) / sum }
    }
    return rows + [[Double](repeating: 1 / Double(count), count: count)]
  }

  /// The width of a kernel is the larger distance to a neighbour (Bergstra et al. 2011), to the inner
  /// one for the outermost, and never less than a share of the dimension that shrinks as trials come.
  /// Without that floor the search stays where it is.
  ///
  /// - Parameter narrowest: a kernel may be that narrow, of a dimension of 1, however few there are.
  static func widths(
    _ observations: [Double], _ lower: Double, _ upper: Double, narrowest: Double
  ) -> [Double] {
    let count = observations.count
    let order = observations.indices.sorted {
      observations[$0] == observations[$1] ? $0 < $1 : observations[$0] < observations[$1]
    }
    let edges = [lower] + order.map { observations[$0] } + [upper]
    var widths = [Double](repeating: 0, count: count)
    let floor = (upper - lower) * min(narrowest, 1 / min(100, Double(count + 2)))
    for (rank, observation) in order.enumerated() {
      let (below, above) = (
        edges[rank + 1] - edges[rank], edges[rank + 2] - edges[rank + 1]
      )
      let width =
        if count > 1, rank == 0 { above } else if count > 1, rank == count - 1 { below } else {
          max(below, above)
        }
      widths[observation] = min(max(width, floor), upper - lower)
    }
    return widths
  }

  /// ln of the density of each kernel at a value, of its mass where values have steps.
  func logDensities(at value: Double) -> [Double] {
    switch self {
    case .choice(let rows): return rows.map { ExactMath.log($0[Int(value)]) }
    case .numeric(let kernels):
      let dimension = kernels.dimension
      if dimension.step == 0 {
        let x = dimension.scaled(value)
        return kernels.means.indices.map { i in
          NormalDistribution.logDensity((x - kernels.means[i]) / kernels.widths[i])
            - ExactMath.log(kernels.widths[i]) - kernels.logMasses[i]
        }
      }
      let low = dimension.scaled(value - dimension.step / 2)
      let high = dimension.scaled(value + dimension.step / 2)
      return kernels.means.indices.map { i in
        let (mean, width) = (kernels.means[i], kernels.widths[i])
        return NormalDistribution.logMass((low - mean) / width, (high - mean) / width)
          - kernels.logMasses[i]
      }
    }
  }

  /// The quantile q of one kernel.
  func value(of kernel: Int, at q: Double) -> Double {
    switch self {
    case .choice(let rows): return Double(Self.first(of: rows[kernel], above: q))
    case .numeric(let kernels):
      let (lower, upper) = kernels.dimension.bounds
      let (mean, width) = (kernels.means[kernel], kernels.widths[kernel])
      let z = NormalDistribution.truncatedQuantile(
        q, (lower - mean) / width, (upper - mean) / width)
      return kernels.dimension.nearest(to: mean + width * z)
    }
  }

  /// The first position up to which the weights sum to more than q, the last where none does.
  static func first(of weights: [Double], above q: Double) -> Int {
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      sum += weight
      if sum > q { return index }
    }
    return weights.count - 1
  }
}
