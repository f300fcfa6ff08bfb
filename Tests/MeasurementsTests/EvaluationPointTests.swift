import Testing

@testable import Measurements

struct EvaluationPointTests {
  @Test(
    "a whole number of epochs is written as such, a part of one with one or two decimals",
    arguments: [
      (3, "3"), (0, "0"), (2.5, "2.5"), (1.0 / 3, "0.33"), (12.25, "12.25"), (99.999, "100"),
    ] as [(Double, String)])
  func epochs(epoch: Double, text: String) {
    #expect(EvaluationPoint.epochText(epoch) == text)
  }

  @Test("an evaluation is named by step and epoch")
  func name() {
    #expect("\(EvaluationPoint(step: 120, epoch: 3))" == "step 120 (epoch 3)")
  }
}
