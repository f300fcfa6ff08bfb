@testable import Groundwork
@testable import Learning
import Testing

@Suite("Focal loss")
struct FocalTests {
  func make(_ fields: [String: FieldValue]) throws -> any Loss {
    try #require(Registry.losses.makeDefault("focal", fields) as? any Loss)
  }

  @Test("with a gamma of 0 it is cross-entropy")
  func crossEntropy() throws {
    let bench = LossBench(Shape(2, 5, 9, 13))
    let plain = try bench.evaluate(
      #require(Registry.losses.makeDefault("cross_entropy") as? any Loss))
    let focal = try bench.evaluate(make(["gamma": .number(0)]))
    #expect(isClose(focal.value, plain.value))
    for (value, reference) in zip(focal.gradient, plain.gradient) {
      #expect(isClose(value, Double(reference)))
    }
  }

  @Test("a chance of error far below the rounding of a Float still has its loss and gradient")
  func nearlyRight() throws {
    // 1 − p = e^−20 within its square: the loss is (1 − p)^1.5, its slope 1.5 times that.
    let bench = LossBench(Shape(1, 2, 1, 1), logits: [20, 0], labels: [0])
    let result = try bench.evaluate(make(["gamma": .number(0.5)]))
    let expected = 9.3576230e-14
    #expect(abs(result.value - expected) < 1e-4 * expected)
    #expect(abs(Double(result.gradient[1]) - 1.5 * expected) < 1e-4 * expected)
  }
}
