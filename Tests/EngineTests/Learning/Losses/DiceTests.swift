@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Dice")
struct DiceTests {
  func make(_ fields: [String: FieldValue]) throws -> any Loss {
    try #require(Registry.losses.makeDefault("dice", fields) as? any Loss)
  }

  /// One image of two classes whose labels are all 0, and logits that are sure of it.
  var sure: LossBench {
    LossBench(
      Shape(1, 2, 4, 4), logits: (0..<32).map { $0 < 16 ? 60 : -60 },
      labels: Array(repeating: 0, count: 16))
  }

  @Test("a perfect prediction costs nothing, an absent class that nobody predicts included")
  func perfect() throws {
    for smooth in [0, 1e-5, 1] {
      #expect(try sure.value(make(["smooth": .number(smooth)])) < 1e-6)
    }
  }

  @Test("an absent class that is predicted costs where it is kept, not where it is skipped")
  func absentClass() throws {
    var bench = sure
    bench.logits = bench.logits.map { _ in 0 }
    // Class 0: (2·8 + 1) / (8 + 16 + 1); class 1: 1 / (8 + 0 + 1).
    #expect(isClose(try bench.value(make([:])), 1 - (17.0 / 25 + 1.0 / 9) / 2))
    #expect(isClose(try bench.value(make(["absent": .name("skip")])), 1 - 17.0 / 25))
  }

  @Test("without the background and with the other class skipped, nothing is left to cost")
  func nothingLeft() throws {
    let result = try sure.evaluate(
      make(["absent": .name("skip"), "include_background": .boolean(false)]))
    #expect(result.value == 0)
    #expect(result.gradient.allSatisfy { $0 == 0 })
  }

  @Test("over images, the loss of a batch is the mean of its images' losses")
  func perImage() throws {
    let loss = try make(["batch": .boolean(false)])
    let batch = LossBench(Shape(2, 3, 5, 7))
    let images = try (0..<2).map {
      try LossBench(
        Shape(1, 3, 5, 7), logits: Array(batch.logits[$0 * 105..<($0 + 1) * 105]),
        labels: Array(batch.labels[$0 * 35..<($0 + 1) * 35])
      ).value(loss)
    }
    #expect(isClose(try batch.value(loss), (images[0] + images[1]) / 2))
    #expect(!isClose(try batch.value(loss), try batch.value(make([:]))))
  }

  @Test("over images, one without a valid pixel is left out of the mean")
  func emptyImage() throws {
    let loss = try make(["batch": .boolean(false)])
    var batch = LossBench(Shape(2, 3, 5, 7))
    for pixel in 35..<70 { batch.labels[pixel] = Labels.ignoreIndex }
    let first = LossBench(
      Shape(1, 3, 5, 7), logits: Array(batch.logits[..<105]), labels: Array(batch.labels[..<35]))
    #expect(try batch.value(loss) == first.value(loss))
  }
}
