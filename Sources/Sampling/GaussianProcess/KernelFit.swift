/// The kernel that explains observations best: the maximum of their likelihood times a prior that keeps
/// lengths, variance and noise ordinary.
package struct KernelFit {
  package let inputs: [[Double]]
  /// Of mean 0 and variance 1.
  package let targets: [Double]
  package let isChoice: [Bool]

  package static let leastNoise = 1e-6

  package init(_ inputs: [[Double]], _ targets: [Double], isChoice: [Bool]) {
    (self.inputs, self.targets, self.isChoice) = (inputs, targets, isChoice)
  }

  /// The better of the maxima from two fixed starts, so that the fit depends on the observations alone
  /// and not on an earlier fit.
  package func kernel(tolerance: Double = 1e-3) -> MaternKernel? {
    let dimensions = isChoice.count
    func parameters(_ weight: Double, _ noise: Double) -> [Double] {
      [Double](repeating: ExactMath.log(weight), count: dimensions)
        + [0, ExactMath.log(noise - 0.99 * Self.leastNoise)]
    }
    let (widest, largest) = (ExactMath.log(1e4), ExactMath.log(1e3))
    let search = ProjectedLBFGS(
      lower: [Double](repeating: -widest, count: dimensions) + [-largest, ExactMath.log(1e-9)],
      upper: [Double](repeating: widest, count: dimensions) + [largest, 0],
      iterations: 100, tolerance: tolerance)
    var best: (point: [Double], value: Double)?
    for start in [parameters(1, 1), parameters(4, 1e-2)] {
      let found = search.minimum(from: start) { point in
        guard let (value, gradient) = objective(point) else { return (.infinity, point) }
        return (-value, gradient.map { -$0 })
      }
      if found.value.isFinite, best.map({ found.value < $0.value }) ?? true { best = found }
    }
    return best.map { kernel(at: $0.point) }
  }

  /// - Parameter point: ln of each weight, ln of the scale, ln of the noise above the least.
  package func kernel(at point: [Double]) -> MaternKernel {
    let dimensions = isChoice.count
    return MaternKernel(
      weights: point.prefix(dimensions).map(ExactMath.exp), scale: ExactMath.exp(point[dimensions]),
      noise: ExactMath.exp(point[dimensions + 1]) + Self.leastNoise, isChoice: isChoice)
  }

  /// ln of likelihood and prior, without constants, and its gradient; `nil` where there is none.
  package func objective(_ point: [Double]) -> (value: Double, gradient: [Double])? {
    let kernel = kernel(at: point)
    let (count, dimensions) = (inputs.count, isChoice.count)
    var covariance = [Double](repeating: 0, count: count * count)
    var derivatives = covariance
    for row in 0..<count {
      for column in 0..<row {
        let (value, derivative) = kernel.value(
          kernel.squaredDistance(inputs[row], inputs[column]))
        covariance[row * count + column] = value
        derivatives[row * count + column] = derivative
      }
      covariance[row * count + row] = kernel.scale + kernel.noise
    }
    guard let cholesky = Cholesky(covariance, count: count) else { return nil }
    let alpha = cholesky.solve(targets)
    let inverse = cholesky.inverse

    var fit = 0.0
    for i in 0..<count { fit += targets[i] * alpha[i] }
    var value = -0.5 * fit - 0.5 * cholesky.logDeterminant
    var gradient = [Double](repeating: 0, count: dimensions + 2)
    var trace = 0.0
    for row in 0..<count {
      for column in 0..<row {
        // Twice a half, as the matrices are symmetric.
        let a = alpha[row] * alpha[column] - inverse[row * count + column]
        let slope = a * derivatives[row * count + column]
        for i in 0..<dimensions {
          gradient[i] +=
            slope * kernel.weights[i] * kernel.difference(inputs[row][i], inputs[column][i], i)
        }
        gradient[dimensions] += a * covariance[row * count + column]
      }
      let a = alpha[row] * alpha[row] - inverse[row * count + row]
      gradient[dimensions] += 0.5 * a * kernel.scale
      trace += a
    }
    gradient[dimensions + 1] = ExactMath.exp(point[dimensions + 1]) * 0.5 * trace

    // Gamma(2, 1) of the scale, Gamma(1.1, 30) of the noise, and a barrier at both ends of a length.
    for (i, weight) in kernel.weights.enumerated() {
      value -= 0.1 / weight + 0.1 * weight
      gradient[i] += 0.1 / weight - 0.1 * weight
    }
    value += point[dimensions] - kernel.scale
    gradient[dimensions] += 1 - kernel.scale
    value += 0.1 * ExactMath.log(kernel.noise) - 30 * kernel.noise
    gradient[dimensions + 1] +=
      (0.1 / kernel.noise - 30) * ExactMath.exp(point[dimensions + 1])
    return value.isFinite && gradient.allSatisfy(\.isFinite) ? (value, gradient) : nil
  }
}
