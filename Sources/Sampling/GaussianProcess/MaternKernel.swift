/// The Matérn kernel of order 5/2, each dimension with a length of its own; choices are near where they
/// are equal and far where they are not.
package struct MaternKernel: Sendable {
  /// The inverse squared length of each dimension.
  package var weights: [Double]
  /// The variance of the function.
  package var scale: Double
  /// The variance of what is added to it at each observation.
  package var noise: Double
  /// Which dimensions are choices.
  package let isChoice: [Bool]

  package init(weights: [Double], scale: Double, noise: Double, isChoice: [Bool]? = nil) {
    (self.weights, self.scale, self.noise) = (weights, scale, noise)
    self.isChoice = isChoice ?? weights.map { _ in false }
  }

  /// The squared difference of two positions in one dimension.
  func difference(_ a: Double, _ b: Double, _ dimension: Int) -> Double {
    isChoice[dimension] ? (a == b ? 0 : 1) : (a - b) * (a - b)
  }

  func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in weights.indices { sum += weights[i] * difference(a[i], b[i], i) }
    return sum
  }

  /// Its value, and its derivative by the squared distance.
  func value(_ squared: Double) -> (value: Double, derivative: Double) {
    let r = (5 * squared).squareRoot()
    let decay = scale * ExactMath.exp(-r)
    return ((1 + r + r * r / 3) * decay, -5.0 / 6 * (1 + r) * decay)
  }

  package func covariance(_ a: [Double], _ b: [Double]) -> Double {
    value(squaredDistance(a, b)).value
  }
}
