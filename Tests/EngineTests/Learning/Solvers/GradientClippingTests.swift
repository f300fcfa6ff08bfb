@testable import Execution
@testable import Learning
import Testing

@Suite("Clipping of gradients")
struct GradientClippingTests {
  private func factors(
    _ clipping: GradientClipping, of gradients: [Float], tensorLengths: [Int]? = nil,
    threads: Int = 1
  ) -> GradientClipping.Factors {
    var offset = 0
    let tensors = (tensorLengths ?? [gradients.count]).map { length in
      defer { offset += length }
      return SolverTensors.Tensor(name: "parameter", offset: offset, count: length)
    }
    return clipping.factors(
      for: SolverStep(
        parameters: flat(gradients), gradients: flat(gradients), state: [],
        tensors: SolverTensors(tensors), learningRate: 1, weightDecay: 0, iteration: 1,
        threads: threads))
  }

  @Test("without bounds nothing is done")
  func none() {
    #expect(factors(GradientClipping(), of: [3, 4]) == .none)
  }

  @Test("the norm is bounded as in PyTorch")
  func norm() {
    let factors = factors(GradientClipping(norm: 1), of: [3, 4])
    #expect(factors.limit == .infinity)
    #expect(isClose(3 * factors.scale, 0.59999988) && isClose(4 * factors.scale, 0.79999984))
    #expect(self.factors(GradientClipping(norm: 6), of: [3, 4]) == .none)
  }

  @Test("values are bounded before their norm is taken")
  func valueThenNorm() {
    let both = factors(GradientClipping(value: 4, norm: 1), of: [3, -70])
    #expect(both.limit == 4)
    #expect(both.scale == factors(GradientClipping(norm: 1), of: [3, -4]).scale)
    #expect(factors(GradientClipping(value: 4), of: [3, -70]) == .init(limit: 4, scale: 1))
  }

  @Test("the norm is one over all tensors, and what lies between them does not count")
  func tensors() {
    var gradients = [Float](repeating: 0, count: 40_000)
    for index in gradients.indices { gradients[index] = Float(index % 7) - 3 }
    let exact = gradients.reduce(0.0) { $0 + Double($1 * $1) }.squareRoot()
    let clipping = GradientClipping(norm: 1)
    let one = factors(clipping, of: gradients)
    #expect(isClose(one.scale, 1 / exact))
    #expect(factors(clipping, of: gradients, threads: 3) == one)
    let cut = factors(clipping, of: gradients, tensorLengths: [100, 17_000, 22_900])
    #expect(isClose(cut.scale, 1 / exact))
    #expect(
      factors(clipping, of: [3, 4, 100], tensorLengths: [2])
        == factors(clipping, of: [3, 4]))
  }

  @Test("a norm that is not finite is seen", arguments: [Float.nan, .infinity])
  func notFinite(value: Float) {
    #expect(factors(GradientClipping(norm: 1), of: [1, value]).scale.isNaN)
  }
}
