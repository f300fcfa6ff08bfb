/// The state of CMA-ES: a normal distribution over the unit cube that generations move and shape.
package struct Evolution: Sendable {
  package let constants: EvolutionConstants
  package private(set) var mean: [Double]
  package private(set) var sigma: Double
  package private(set) var pathSigma: [Double]
  package private(set) var pathC: [Double]
  private(set) var covariance: SymmetricMatrix
  /// How much wider each coordinate is drawn than the covariance says, see ``keepMargin(_:)``.
  package private(set) var scales: [Double]
  private var generations = 0
  private var (root, inverseRoot): (SymmetricMatrix, SymmetricMatrix)

  package init(mean: [Double], sigma: Double = 1.0 / 6, population: Int? = nil) {
    let count = mean.count
    constants = EvolutionConstants(count, population: population)
    (self.mean, self.sigma) = (mean, sigma)
    (pathSigma, pathC) = (
      [Double](repeating: 0, count: count), [Double](repeating: 0, count: count)
    )
    covariance = .identity(count)
    (root, inverseRoot) = (.identity(count), .identity(count))
    scales = [Double](repeating: 1, count: count)
  }

  package var covarianceRows: [[Double]] {
    (0..<mean.count).map { row in (0..<mean.count).map { covariance[row, $0] } }
  }

  /// A point of the distribution, for a vector of N(0, 1).
  package func point(_ normals: [Double]) -> [Double] {
    zip(mean, root.applied(to: normals)).map { $0 + sigma * $1 }
  }

  /// The point that is tried where `x` was drawn.
  func tried(_ x: [Double]) -> [Double] {
    mean.indices.map { (x[$0] - mean[$0]) * scales[$0] + mean[$0] }
  }

  /// Takes a generation in.
  ///
  /// - Parameter population: its points as they were drawn, from the best to the worst.
  package mutating func update(_ population: [[Double]]) {
    let c = constants
    let count = mean.count
    let n = Double(count)
    let steps = population.map { x in zip(x, mean).map { ($0 - $1) / sigma } }
    var mutation = [Double](repeating: 0, count: count)
    for (step, weight) in zip(steps, c.weights).prefix(c.parents) {
      for i in 0..<count { mutation[i] += weight * step[i] }
    }
    for i in 0..<count { mean[i] += sigma * mutation[i] }

    let whitened = inverseRoot.applied(to: mutation)
    let gainSigma = (c.pathSigma * (2 - c.pathSigma) * c.effectiveParents).squareRoot()
    for i in 0..<count { pathSigma[i] = (1 - c.pathSigma) * pathSigma[i] + gainSigma * whitened[i] }
    let length = Self.length(pathSigma)
    sigma = min(
      sigma * ExactMath.exp(c.pathSigma / c.dampingSigma * (length / c.expectedLength - 1)), 1e32)

    generations += 1
    let decay = powerOf(1 - c.pathSigma, 2 * (generations + 1))
    let isShort =
      length / (1 - decay).squareRoot() < (1.4 + 2 / (n + 1)) * c.expectedLength
    let gainC = isShort ? (c.pathC * (2 - c.pathC) * c.effectiveParents).squareRoot() : 0
    for i in 0..<count { pathC[i] = (1 - c.pathC) * pathC[i] + gainC * mutation[i] }

    let weights = zip(steps, c.weights).map { step, weight in
      let distance = Self.length(inverseRoot.applied(to: step))
      return weight >= 0 ? weight : weight * n / (distance * distance + 1e-8)
    }
    let lost = isShort ? 0 : c.rankOne * c.pathC * (2 - c.pathC)
    let kept = 1 + lost - c.rankOne - c.rankMu * c.weights.reduce(0, +)
    for i in 0..<count {
      for j in 0...i {
        var sum = kept * covariance[i, j] + c.rankOne * pathC[i] * pathC[j]
        for (step, weight) in zip(steps, weights) { sum += c.rankMu * weight * step[i] * step[j] }
        covariance[i, j] = sum
        covariance[j, i] = sum
      }
    }
    (root, inverseRoot) = covariance.roots
  }

  package var rootRows: [[Double]] {
    (0..<mean.count).map { row in (0..<mean.count).map { root[row, $0] } }
  }

  private static func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private func powerOf(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { power, _ in power * base }
  }
}

extension Evolution {
  /// Keeps the values beside the mean's likely enough where a coordinate has few values, so that the
  /// search does not freeze on one (Hamano et al., "CMA-ES with Margin", GECCO 2022).
  ///
  /// - Parameter lattices: the cube coordinates of a dimension's values, ascending; `nil` where it has
  ///   no steps.
  package mutating func keepMargin(_ lattices: [[Double]?]) {
    let margin = 1 / (Double(mean.count) * Double(constants.population))
    for (j, lattice) in lattices.enumerated() {
      guard let lattice, lattice.count > 1 else { continue }
      let middles = zip(lattice, lattice.dropFirst()).map { ($0 + $1) / 2 }
      let p = middles.firstIndex { mean[j] <= $0 } ?? middles.count
      let lower = middles[min(max(p - 1, 0), middles.count - 1)]
      let upper = middles[min(max(p, 0), middles.count - 1)]
      let deviation = sigma * covariance[j, j].squareRoot()
      let width = deviation * scales[j]
      let below = NormalDistribution.cumulative((lower - mean[j]) / width)
      let above = 1 - NormalDistribution.cumulative((upper - mean[j]) / width)
      if max(below, above) > 0.5 {
        if min(below, above) < margin {
          let reach = width * NormalDistribution.quantile(1 - margin)
          mean[j] = upper + (mean[j] > upper ? reach : mean[j] < upper ? -reach : 0)
        }
        continue
      }
      let middle = 1 - below - above
      var (a, b) = (max(below, margin / 2), max(above, margin / 2))
      let (excess, sum) = (1 - a - b - middle, a + middle + b - 1.5 * margin)
      (a, b) = (a + excess * (a - margin / 2) / sum, b + excess * (b - margin / 2) / sum)
      let low = -NormalDistribution.quantile(min(max(a, 1e-10), 0.5 - 1e-10))
      let high = -NormalDistribution.quantile(min(max(b, 1e-10), 0.5 - 1e-10))
      scales[j] = (upper - lower) / ((low + high) * deviation)
      mean[j] = (lower * high + upper * low) / (low + high)
    }
  }
}
