@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Losses of the hardest pixels")
struct HardestPixelsTests {
  func make(_ name: String, _ fields: [String: FieldValue]) throws -> any Loss {
    try #require(Registry.losses.makeDefault(name, fields) as? any Loss)
  }

  /// Pixels whose gradient is not 0.
  func kept(_ bench: LossBench, _ loss: any Loss) throws -> [Int] {
    let gradient = try bench.evaluate(loss).gradient
    return (0..<bench.shape.area).filter { gradient[$0] != 0 }
  }

  @Test("all of them cost what cross-entropy does")
  func everything() throws {
    let bench = LossBench(Shape(2, 3, 40, 70))
    let plain = try bench.evaluate(make("cross_entropy", [:]))
    for loss in try [
      make("topk", ["k": .number(100)]),
      make("topk", ["k": .number(100), "batch": .boolean(false)]),
      make("ohem", ["thresh": .number(1)]), make("ohem", ["min_kept": .integer(1_000_000)]),
    ] {
      let all = try bench.evaluate(loss)
      #expect(isClose(all.value, plain.value))
      for (value, reference) in zip(all.gradient, plain.gradient) {
        #expect(isClose(value, Double(reference)))
      }
    }
  }

  @Test("of pixels that cost the same the first are taken")
  func ties() throws {
    var bench = LossBench(Shape(1, 2, 4, 5))
    bench.logits = bench.logits.map { _ in 1 }
    bench.labels = (0..<20).map { $0 == 1 ? Labels.ignoreIndex : Label($0 % 2) }
    #expect(try kept(bench, make("topk", ["k": .number(20)])) == [0, 2, 3])
  }

  @Test("at least one pixel is taken, and never an ignored one")
  func few() throws {
    var bench = LossBench(Shape(1, 2, 1, 3))
    bench.labels = [Labels.ignoreIndex, 0, Labels.ignoreIndex]
    #expect(try kept(bench, make("topk", [:])) == [1])
    #expect(try kept(bench, make("ohem", ["min_kept": .integer(3)])) == [1])
  }

  @Test("a pixel below the threshold is kept beyond the least number, one above within it")
  func threshold() throws {
    // Probabilities of the true class: 1/2, 1/4, 3/4, 9/10.
    let bench = LossBench(
      Shape(1, 2, 1, 4), logits: [0, 0, 1.0986123, 2.1972246, 0, 1.0986123, 0, 0],
      labels: [0, 0, 0, 0])
    let fields = { (thresh: Double, least: Int) -> [String: FieldValue] in
      ["thresh": .number(thresh), "min_kept": .integer(least)]
    }
    #expect(try kept(bench, make("ohem", fields(0.7, 1))) == [0, 1])
    #expect(try kept(bench, make("ohem", fields(0.8, 1))) == [0, 1, 2])
    #expect(try kept(bench, make("ohem", fields(0.1, 1))) == [1])
    #expect(try kept(bench, make("ohem", fields(0.7, 3))) == [0, 1, 2])
  }
}
