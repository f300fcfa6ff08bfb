/// A Gaussian process with mean 0 that was conditioned on observations.
package struct GaussianProcess: Sendable {
  package let kernel: MaternKernel
  package let inputs: [[Double]]
  package let targets: [Double]
  let cholesky: Cholesky
  package let alpha: [Double]

  /// - Returns: `nil` where the covariance is not positive even with a little more noise.
  package init?(_ kernel: MaternKernel, _ inputs: [[Double]], _ targets: [Double]) {
    let count = inputs.count
    var covariance = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0..<row {
        covariance[row * count + column] = kernel.covariance(inputs[row], inputs[column])
      }
    }
    for jitter in [0, 1e-10, 1e-8, 1e-6, 1e-4] {
      for row in 0..<count {
        covariance[row * count + row] = kernel.scale + kernel.noise + kernel.scale * jitter
      }
      guard let cholesky = Cholesky(covariance, count: count) else { continue }
      (self.kernel, self.inputs, self.targets) = (kernel, inputs, targets)
      (self.cholesky, alpha) = (cholesky, cholesky.solve(targets))
      return
    }
    return nil
  }

  /// What is believed of the function at a place.
  package func posterior(_ z: [Double]) -> (mean: Double, variance: Double) {
    let covariances = inputs.map { kernel.covariance(z, $0) }
    return belief(covariances).belief
  }

  private func belief(
    _ covariances: [Double]
  ) -> (belief: (mean: Double, variance: Double), whitened: [Double]) {
    let whitened = cholesky.forward(covariances)
    var (mean, explained) = (0.0, 0.0)
    for i in covariances.indices {
      mean += covariances[i] * alpha[i]
      explained += whitened[i] * whitened[i]
    }
    return ((mean, max(kernel.scale - explained, 0)), whitened)
  }

  /// The same with the gradients by those dimensions.
  func posterior(
    _ z: [Double], by dimensions: [Int]
  ) -> (mean: Double, variance: Double, meanGradient: [Double], varianceGradient: [Double]) {
    let kernels = inputs.map { kernel.value(kernel.squaredDistance(z, $0)) }
    let (belief, whitened) = self.belief(kernels.map(\.value))
    let solved = cholesky.backward(whitened)
    var meanGradient = [Double](repeating: 0, count: dimensions.count)
    var varianceGradient = meanGradient
    for (position, dimension) in dimensions.enumerated() where !kernel.isChoice[dimension] {
      var (mean, variance) = (0.0, 0.0)
      for i in inputs.indices {
        let slope =
          kernels[i].derivative * 2 * kernel.weights[dimension]
          * (z[dimension] - inputs[i][dimension])
        mean += slope * alpha[i]
        variance -= 2 * slope * solved[i]
      }
      (meanGradient[position], varianceGradient[position]) = (mean, variance)
    }
    return (belief.mean, belief.variance, meanGradient, varianceGradient)
  }

  /// The process that has also seen what it believes of a place: its mean stays as it is everywhere,
  /// and it is surer near that place (the kriging believer; Ginsbourger et al. 2010).
  package func believing(_ z: [Double]) -> GaussianProcess? {
    GaussianProcess(kernel, inputs + [z], targets + [posterior(z).mean])
  }
}
