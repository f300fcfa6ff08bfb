@testable import Groundwork
@testable import Learning
import Testing

@Suite("IoU-balanced cross-entropy")
struct IoUBalancedTests {
  func make(_ name: String, _ fields: [String: FieldValue] = [:]) throws -> any Loss {
    try #require(Registry.losses.makeDefault(name, fields) as? any Loss)
  }

  @Test("costs what cross-entropy does and spreads the gradient differently")
  func sameValue() throws {
    let bench = LossBench(Shape(2, 4, 30, 50))
    let plain = try bench.evaluate(make("cross_entropy"))
    let balanced = try bench.evaluate(make("iou_balanced"))
    #expect(isClose(balanced.value, plain.value))
    #expect(balanced.gradient != plain.gradient)
  }

  @Test("is cross-entropy where nothing of the foreground is hit, or with a power of 0")
  func plain() throws {
    var bench = LossBench(Shape(1, 3, 5, 7))
    let cross = try bench.evaluate(make("cross_entropy"))
    #expect(
      try bench.evaluate(make("iou_balanced", ["eta": .number(0)])).gradient == cross.gradient)
    for pixel in 0..<35 { bench.logits[pixel] = 9 }
    #expect(
      try bench.evaluate(make("iou_balanced")).gradient
        == bench.evaluate(make("cross_entropy")).gradient)
  }
}
