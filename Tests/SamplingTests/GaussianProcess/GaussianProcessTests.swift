import Testing

@testable import Sampling

struct GaussianProcessTests {
  private let golden: Golden
  private let kernel: MaternKernel
  private let process: GaussianProcess

  init() throws {
    golden = try Golden.load().gp
    kernel = MaternKernel(weights: [2, 0.5], scale: 1.3, noise: 0.01)
    process = try #require(
      GaussianProcess(kernel, golden.X.rows, golden.y_standardised.numbers))
  }

  @Test("the kernel falls off as the formula says, and choices are near or far")
  func kernels() {
    for (r, value) in golden.matern52_at_r.table {
      expect([MaternKernel(weights: [1], scale: 1, noise: 0).covariance([0], [r])], [value])
    }
    let mixed = golden.mixed_kernel
    let three = MaternKernel(
      weights: mixed.w.numbers, scale: 1.3, noise: 0, isChoice: [false, false, true])
    for (row, expected) in zip(mixed.X.rows, mixed.K.rows) {
      expect(mixed.X.rows.map { three.covariance(row, $0) }, expected)
    }
  }

  @Test("factor, belief and what a believed place changes are Optuna's")
  func belief() throws {
    for (row, expected) in golden.chol_K_plus_noise.rows.enumerated() {
      #expect(
        zip(process.cholesky.factor[(row * 5)..<(row * 5 + 5)], expected).allSatisfy {
          ($0 - $1).magnitude < 1e-7
        })
    }
    expect(process.alpha, golden.alpha.numbers, within: 1e-6)
    let places = golden.xq.rows
    expect(places.map { process.posterior($0).mean }, golden.mean.numbers, within: 1e-7)
    expect(places.map { process.posterior($0).variance }, golden["var"].numbers, within: 1e-6)
    let believing = try #require(process.believing(places[0])).posterior(places[1])
    let known = golden.kriging_believer_at_xq1_after_xq0
    expect(
      [believing.mean, believing.variance], [known.mean.number, known["var"].number], within: 1e-6)
  }

  @Test("the likelihood, its gradient and the fitted kernel are Optuna's")
  func fitted() throws {
    let fit = KernelFit(golden.X.rows, golden.y_standardised.numbers, isChoice: [false, false])
    let point = [2, 0.5, 1.3, 0.01 - KernelFit.leastNoise].map(ExactMath.log)
    let objective = try #require(fit.objective(point))
    expect(
      [objective.value],
      [golden.log_likelihood_no_const.number + golden.log_prior.number], within: 1e-7)
    expect(
      objective.gradient, golden.grad_log_posterior_wrt_log_w1_log_w2_log_scale_raw_noise.numbers,
      within: 1e-6)
    let kernel = try #require(fit.kernel(tolerance: 1e-8))
    let best = (kernel.weights + [kernel.scale, kernel.noise - KernelFit.leastNoise]).map(
      ExactMath.log)
    let known = golden.fit_from_ones["gtol_1e-8"].objective.number
    #expect(try #require(fit.objective(best)).value >= known - 1e-5)
  }

  @Test("the logarithm of the improvement is right where the improvement is 0 to every digit")
  func improvement() {
    for (u, value) in golden.log_h.table {
      expect([ExpectedImprovement.logarithm(standardized: u)], [value])
    }
    let block = golden.logEI
    let improvement = ExpectedImprovement(process, best: block.f_best.number)
    expect(
      golden.xq.rows.map { improvement.logarithm(at: $0) }, block.log_ei.numbers, within: 1e-6)
    let (value, gradient) = improvement.logarithm(at: golden.xq.rows[0], by: [0, 1])
    expect([value], [block.log_ei.numbers[0]], within: 1e-6)
    expect(gradient, block.grad_log_ei_at_xq0.numbers, within: 1e-5)
  }
}
