/// The constants of CMA-ES for n dimensions (Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv
/// 1604.00772, table 1), with negative weights for the worse half.
package struct EvolutionConstants: Sendable {
  package let population: Int
  package let weights: [Double]
  package let parents: Int
  package let effectiveParents: Double
  package let rankOne: Double
  package let rankMu: Double
  package let pathSigma: Double
  package let dampingSigma: Double
  package let pathC: Double
  package let expectedLength: Double

  package static func population(of n: Int) -> Int {
    4 + Int(3 * ExactMath.log(Double(max(n, 1))) + 1e-12)
  }

  package init(_ count: Int, population: Int? = nil) {
    let n = Double(count)
    let size = population ?? Self.population(of: count)
    self.population = size
    parents = size / 2
    let raw = (1...size).map { ExactMath.log((Double(size) + 1) / 2) - ExactMath.log(Double($0)) }
    func effective(_ weights: ArraySlice<Double>) -> Double {
      let sum = weights.reduce(0, +)
      return sum * sum / weights.reduce(0) { $0 + $1 * $1 }
    }
    let (mu, muNegative) = (effective(raw[..<parents]), effective(raw[parents...]))
    effectiveParents = mu
    rankOne = 2 / ((n + 1.3) * (n + 1.3) + mu)
    rankMu = min(1 - rankOne - 1e-8, 2 * (mu - 2 + 1 / mu) / ((n + 2) * (n + 2) + mu))
    let limit = min(
      1 + rankOne / rankMu, 1 + 2 * muNegative / (mu + 2),
      (1 - rankOne - rankMu) / (n * rankMu))
    let positive = raw.reduce(0) { $0 + max($1, 0) }
    let negative = raw.reduce(0) { $0 + max(-$1, 0) }
    weights = raw.map { $0 >= 0 ? $0 / positive : $0 * limit / negative }
    pathSigma = (mu + 2) / (n + mu + 5)
    dampingSigma =
      1 + 2 * max(0, ((mu - 1) / (n + 1)).squareRoot() - 1) + pathSigma
    pathC = (4 + mu / n) / (n + 4 + 2 * mu / n)
    expectedLength = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))
  }
}
