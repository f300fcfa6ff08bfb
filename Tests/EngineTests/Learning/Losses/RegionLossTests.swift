@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

/// What the region losses have in common, and where they meet.
@Suite("Region losses")
struct RegionLossTests {
  let bench = LossBench(Shape(2, 3, 5, 7))

  func evaluate(_ name: String, _ fields: [String: FieldValue] = [:]) throws -> LossBench.Result {
    try bench.evaluate(
      #require(Registry.losses.makeDefault(name, fields) as? any Loss))
  }

  func expectEqual(_ result: LossBench.Result, _ reference: LossBench.Result) {
    #expect(isClose(result.value, reference.value))
    for (value, reference) in zip(result.gradient, reference.gradient) {
      #expect(isClose(value, Double(reference)))
    }
  }

  @Test("Tversky with weights of one half is Dice, with weights of one Jaccard")
  func tversky() throws {
    let weights = { (weight: Double, smooth: Double) -> [String: FieldValue] in
      ["fp_weight": .number(weight), "fn_weight": .number(weight), "smooth": .number(smooth)]
    }
    expectEqual(try evaluate("tversky", weights(0.5, 0.5)), try evaluate("dice"))
    expectEqual(try evaluate("tversky", weights(1, 1)), try evaluate("jaccard"))
  }

  @Test("focal Tversky with an exponent of one is Tversky")
  func focalTversky() throws {
    expectEqual(
      try evaluate("focal_tversky", ["exponent": .number(1)]), try evaluate("tversky"))
  }

  @Test("in one image the weights of the batch are its own")
  func oneImage() throws {
    let image = LossBench(Shape(1, 3, 5, 7))
    let losses = try ["dice_weighted", "dice_weighted_batch"].map {
      try image.value(#require(Registry.losses.makeDefault($0) as? any Loss))
    }
    #expect(losses[0] == losses[1])
  }

  @Test("images without a valid pixel do not thin the weights of the batch")
  func emptyImage() throws {
    let loss = try #require(
      Registry.losses.makeDefault("dice_weighted_batch") as? any Loss)
    var batch = LossBench(Shape(2, 3, 5, 7))
    for pixel in 35..<70 { batch.labels[pixel] = Labels.ignoreIndex }
    let first = LossBench(
      Shape(1, 3, 5, 7), logits: Array(batch.logits[..<105]), labels: Array(batch.labels[..<35]))
    #expect(try batch.value(loss) == first.value(loss))
  }
}
